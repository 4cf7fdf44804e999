"""Versions for commands: of a file, or as they were published."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from engine.model import Procedure
from web.cli import WrongUse
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_database, installation_settings
from web.cli.specs import one_procedure
from web.cli.speech import language_of_terminal, tell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AT = "@"


def version_named(wanted: str) -> Procedure:
    """The version that `dog-registration@2026-04-01` names, else that of a file or an id. Raises `WrongUse`."""
    procedure_id, at, day = wanted.partition(AT)
    if not at or Path(wanted).exists():
        return one_procedure(wanted)
    from procedures import library

    with _library() as session:
        known = library.versions(session, procedure_id)
        found = next((version for version in known if version.isoformat() == day), None)
        if found is None:
            raise WrongUse(_unknown(wanted, procedure_id, known))
        return library.of_version(session, procedure_id, found)


def newest_published(procedure_id: str) -> Procedure:
    """The last version that was published, in force or not yet. Raises `WrongUse` where there is none."""
    from procedures import library

    with _library() as session:
        known = library.versions(session, procedure_id)
        if not known:
            raise WrongUse(tell("nothing_published_yet", language_of_terminal(), id=procedure_id))
        return library.of_version(session, procedure_id, known[-1])


def _library() -> "AbstractContextManager[Session]":
    require_current_database()
    return installation_database(installation_settings()).read()


def _unknown(wanted: str, procedure_id: str, known: list[date]) -> str:
    listed = ", ".join(f"{procedure_id}{AT}{version}" for version in known) or "–"
    return tell("no_such_version", language_of_terminal(), wanted=wanted, known=listed)
