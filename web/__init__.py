"""The web layer: HTTP, HTML and identity. `create_app` builds the WSGI application."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from procedures.database import Database
    from web.services import Overrides
    from web.settings import Settings


def create_app(
    settings: "Settings | None" = None, database: "Database | None" = None, overrides: "Overrides | None" = None
) -> "Flask":
    """The application, ready to serve. Without `settings` they are read from the environment.

    Imported lazily: the command line lives in this package and must start without Flask.
    """
    from web.wiring import assemble

    return assemble(settings, database, overrides)
