"""`tetsuzuki worker`: does the jobs of the outbox, and what is to be done again and again."""

import argparse

from web.cli import FINE, WrongUse
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_settings
from web.cli.speech import language_of_terminal, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--metrics HOST:PORT]`; settings come from the environment."""
    parser.add_argument("--metrics", metavar="HOST:PORT", help=tell("metrics_option", language_of_terminal()))


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; the job under way is finished first."""
    require_current_database()
    from web.logs import configure_logs
    from web.services import Overrides
    from web.wiring import services_of, work_of
    from web.worker import Worker

    configure_logs()
    if options.metrics:
        _measure(options.metrics)
    services = services_of(installation_settings(), None, Overrides())
    worker = Worker(services.database, services.clock, work_of(services))
    worker.stop_on_signals()
    worker.run()
    return FINE


def _measure(address: str) -> None:
    """What this worker counts, for Prometheus, on an address of its own. Raises `WrongUse`."""
    from prometheus_client import start_http_server

    from web.metrics.counted import OWN

    host, _, port = address.rpartition(":")
    if not (host and port.isascii() and port.isdecimal()):
        raise WrongUse(tell("metrics_wrong", language_of_terminal(), address=address))
    try:
        start_http_server(int(port), addr=host, registry=OWN)
    except OSError as error:
        raise WrongUse(tell("metrics_wrong", language_of_terminal(), address=address)) from error
