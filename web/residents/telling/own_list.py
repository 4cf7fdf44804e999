"""A resident's applications: what waits for them first, with the next thing to do and by when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from engine.lifecycle import Status
from engine.words import say
from procedures.applications import OwnRow
from web.context import language
from web.pages.rendering import show_date

# What somebody does next, and where; all else waits for the office, or is over.
DOING = {
    Status.DRAFT: ("list_go_on", ""),
    Status.AWAITING_FEE: ("list_pay", "/pay"),
    Status.AWAITING_ISSUE_FEE: ("list_pay", "/pay"),
    Status.CORRECTION_REQUESTED: ("list_correct", "/correction"),
}
NOTHING: Mapping[str, date] = MappingProxyType({})
WITH_OFFICE = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.DECISION_PROPOSED})


@dataclass(frozen=True, slots=True)
class Line:
    """One application. `doing` is what is to be done next and `href` where; `told` what is expected otherwise.

    `unread`: the office wrote something that was not read yet. `undecided`: a reduction is decided first.
    """

    row: OwnRow
    doing: str
    href: str
    by: date | None
    told: str
    unread: bool
    undecided: bool = False


def own_list(
    rows: Sequence[OwnRow],
    pay_by: Mapping[str, date],
    unread: Collection[str] = (),
    decide_by: Mapping[str, date] = NOTHING,
) -> tuple[list[Line], list[Line]]:
    """What waits for its owner, the most urgent first; and the rest as it was given.

    `decide_by` is by when the office decides on a reduction, where one is asked for.
    """
    lines = [_line(row, pay_by, decide_by, unread=row.application_id in unread) for row in rows]
    todo = sorted((line for line in lines if line.doing), key=lambda line: (line.by is None, line.by or date.max))
    return todo, [line for line in lines if not line.doing]


def _line(row: OwnRow, pay_by: Mapping[str, date], decide_by: Mapping[str, date], *, unread: bool) -> Line:
    undecided = row.status is Status.AWAITING_FEE and row.application_id in decide_by
    key, path = ("", "") if undecided else DOING.get(row.status, ("", ""))
    href = f"/applications/{row.application_id}{path}"
    if key:
        by = row.correct_by or pay_by.get(row.application_id) or row.draft_until
        return Line(row, say(f"resident.{key}", language()), href, by, "", unread)
    if row.application_id in pay_by:  # no case waits for what a correction cost more
        doing, by = say("resident.pay_difference_go", language()), pay_by[row.application_id]
        return Line(row, doing, f"{href}/pay", by, "", unread)
    doing = say("correspondence.list_read", language()) if unread else ""
    told = say("waivers.waits", language(), day=show_date(decide_by[row.application_id])) if undecided else _told(row)
    return Line(row, doing, f"{href}/messages" if unread else href, None, told, unread, undecided)


def _told(row: OwnRow) -> str:
    if row.status in WITH_OFFICE and row.due_on:
        return say("resident.list_expected", language(), day=show_date(row.due_on))
    return say("resident.changed_on", language(), day=show_date(row.changed_at))
