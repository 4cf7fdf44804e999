"""/author/inventory: what is kept of people, why, how long, who sees it; as a page, for one procedure, and as CSV."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from flask import Response

from engine.model import Procedure
from engine.words import say
from procedures import library
from procedures.keeping.inventory import SPECIAL, Entry, of_columns, of_procedure
from web.access import policy
from web.author.frame import READER, blueprint, show
from web.context import language, reading, today
from web.spreadsheets import sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure: how many questions are about a person, how many of them need special care, how long it is kept."""

    procedure: Procedure
    questions: int
    special: int
    kept: str


@blueprint.get("/author/inventory")
@policy(READER)
def inventory() -> Response:
    """Every procedure in force, and what is kept beside the answers."""
    return show("inventory.html", lines=[_line(one) for one in _offered()], beside=list(of_columns(language())))


@blueprint.get("/author/inventory.csv")
@policy(READER)
def inventory_csv() -> Response:
    """All of it, one line for each thing that is kept."""
    spoken = language()
    entries = [entry for one in _offered() for entry in of_procedure(one, spoken)]
    head = [say(f"inventory.{field.name}", spoken) for field in fields(Entry)]
    rows = [astuple(one.in_words(spoken)) for one in (*entries, *of_columns(spoken))]
    response = Response(sheet(head, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="inventory.csv"'
    return response


@blueprint.get("/author/procedures/<procedure_id>/inventory")
@policy(READER)
def inventory_of(procedure_id: str) -> Response:
    """What one procedure asks of people; purpose and law once where all share them. `NotFound` for an unknown one."""
    with reading() as session:
        found = library.in_force(session, procedure_id, today()).procedure
    entries = [one.in_words(language()) for one in of_procedure(found, language())]
    alike = len({(one.purpose, one.law) for one in entries}) == 1
    return show("inventory_of.html", procedure=found, entries=entries, alike=alike)


def _offered() -> Sequence[Procedure]:
    with reading() as session:
        return [one.procedure for one in library.offered(session, today())]


def _line(procedure: Procedure) -> Line:
    entries = list(of_procedure(procedure, language()))
    special = sum(1 for one in entries if one.privacy in SPECIAL)
    kept = say("inventory.kept_years", language(), years=procedure.retention_years)
    return Line(procedure, len(entries), special, kept)
