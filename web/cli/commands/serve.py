"""`tetsuzuki serve`: the website, by granian, several processes of one thread."""

import argparse
import gc
import os
from typing import TYPE_CHECKING

from web.cli import FINE, RARELY, WrongUse
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import language_of_terminal, tell

if TYPE_CHECKING:
    from flask import Flask

GRACE = 30  # seconds for requests under way when we are told to stop


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--host HOST] [--port PORT] [--workers N]`."""
    usual = language_of_terminal()
    parser.add_argument("--host", default="127.0.0.1", help=tell("host_option", usual))
    parser.add_argument("--port", type=int, default=8000, help=tell("port_option", usual))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help=tell("workers_option", usual))


def run(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C. Refuses to start on a database that this release does not fit.

    Told to stop, `/readyz` says no for `TETSUZUKI_DRAIN_SECONDS` while everything is still answered; then nothing new
    is taken, and requests under way have half a minute.
    """
    require_current_database()
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    from web.serving.server import Server, shared_folder

    with shared_folder():
        Server(
            f"{__name__}:warm_app",
            drain_seconds=installation_settings().drain_seconds,
            factory=True,
            address=options.host,
            port=options.port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,  # what proxies speak; no second protocol for the same request to be read by
            workers=options.workers,
            blocking_threads=1,
            respawn_failed_workers=True,
            workers_kill_timeout=GRACE,
            websockets=False,
            log_level=LogLevels.warning,
        ).serve()
    return FINE


def warm_app() -> "Flask":
    """The application of one process, with what is offered today compiled: its first visitor does not wait for that."""
    gc.set_threshold(RARELY)  # where granian begins its processes anew, `web.cli.main` has not been there
    from procedures.days import tokyo_day
    from procedures.library import offered
    from web import create_app

    app = create_app()
    services = app.extensions["tetsuzuki"]
    with services.database.read() as session:
        offered(session, tokyo_day(services.clock()))
    return app


def require_current_database() -> None:
    """Raises `WrongUse` unless this release works on the database: its own shape, or a newer one that still fits it."""
    import migrations
    from web.backups.folders import MARK

    settings = installation_settings()
    if (settings.data_dir / MARK).exists():
        raise WrongUse(tell("restore_unfinished", language_of_terminal()))
    database = installation_database(settings)
    current, needed = migrations.current(database), migrations.head()
    fits = migrations.fits(database, needed)
    database.close()
    if not fits:
        key = "migrate_first" if current is None or current < needed else "migrate_too_new"
        raise WrongUse(tell(key, language_of_terminal(), current=current or "–", needed=needed))
