"""The columns of an export: what every case has, and the answers of one procedure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.model import Field, Procedure
from engine.words import say
from procedures.days import TOKYO
from procedures.exporting.reading import Exported

ANSWER = "answer."
"""How the columns of answers begin: `answer.FIELD`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that every case has, worded as `desk.export_<id>`."""

    id: str
    of: Callable[[Exported, str], object]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M") if moment else ""


COLUMNS: Mapping[str, Column] = {
    column.id: column
    for column in (
        Column("reference", lambda case, _: case.reference),
        Column("procedure", lambda case, language: case.procedure.title.say(language)),
        Column("status", lambda case, language: say(f"status.{case.status}", language)),
        Column("office", lambda case, _: case.office),
        Column("assignee", lambda case, _: case.assignee),
        Column("submitted", lambda case, _: _moment(case.submitted_at)),
        Column("due", lambda case, _: _day(case.due_on)),
        Column("changed", lambda case, _: _moment(case.changed_at)),
        Column("round", lambda case, _: case.round),
        Column("language", lambda case, language: say(f"site.language_{case.language}", language)),
    )
}
USUAL = ("reference", "procedure", "status", "assignee", "submitted", "due")
"""What is chosen while nobody chose."""


def askable(procedure: Procedure) -> list[Field]:
    """The questions whose answers can be a column: one answer each, and no files. What is searchable comes first."""
    plain = [
        field
        for step in procedure.steps
        for field in step.plain_fields
        if field.type.name != "file" and not field.properties
    ]
    return sorted(plain, key=lambda field: not field.searchable)


def cell(case: Exported, column: str, language: str) -> object:
    """What stands in a column for a case. An answer is worded by the version that it was given under."""
    if column in COLUMNS:
        return COLUMNS[column].of(case, language)
    name = column.removeprefix(ANSWER)
    field = case.procedure.fields.get(name)
    if field is None or name not in case.answers:
        return ""
    return field.type.show(field, case.answers[name], language)


def head(column: str, procedure: Procedure | None, language: str) -> str:
    """What stands above a column."""
    if column in COLUMNS:
        return say(f"desk.export_{column}", language)
    name = column.removeprefix(ANSWER)
    return procedure.fields[name].title.say(language) if procedure and name in procedure.fields else name
