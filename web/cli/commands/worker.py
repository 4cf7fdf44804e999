"""`tetsuzuki worker`: does the jobs of the outbox, and what is to be done again and again."""

import argparse

from web.cli import FINE
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: settings come from the environment."""


def run(_options: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; the job under way is finished first."""
    require_current_database()
    from web.logs import configure_logs
    from web.services import Overrides
    from web.wiring import services_of, work_of
    from web.worker import Worker

    configure_logs()
    services = services_of(installation_settings(), None, Overrides())
    worker = Worker(services.database, services.clock, work_of(services))
    worker.stop_on_signals()
    worker.run()
    return FINE
