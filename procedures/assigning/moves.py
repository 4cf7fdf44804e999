"""Every move of a case from hand to hand and from office to office: written once, read on the case's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, bindparam, insert, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.models import CaseMove
from procedures.models.sealed import sealed_row
from procedures.reading.names import PREFIX, names_of
from procedures.storing.fixed import Fixed

Kind = Literal["automatic", "assigned", "taken_over", "given_back", "transferred", "fallen"]
LONGEST = 1_000
"""Characters of a reason."""

_move = CaseMove.__table__
_TRANSFERS = Fixed(
    select(_move.c.at, _move.c.to_office)
    .where(_move.c.application_id == bindparam("case_id"), _move.c.kind == "transferred")
    .order_by(_move.c.id)
)


class ReasonRefused(Exception):
    """A move needs a reason in a few words: `what` is empty or long."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the reason does not do: {what}")


@dataclass(frozen=True, slots=True)
class Move:
    """One move in names; `by` is None where it happened by itself. Offices are ids, alike unless it was transferred."""

    at: datetime
    kind: Kind
    from_person: str | None
    to_person: str | None
    from_office: str
    to_office: str
    by: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """What an applicant learns of a transfer: since when which office handles the case. Not why, nor by whom."""

    at: datetime
    office: str


def checked(reason: str) -> str:
    """The reason without spaces around it. Raises `ReasonRefused`."""
    words = reason.strip()
    if not words:
        raise ReasonRefused("empty")
    if len(words) > LONGEST:
        raise ReasonRefused("long")
    return words


def write(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Row[Any],
    kind: Kind,
    *,
    to_person: str | None = None,
    to_office: str | None = None,
    reason: str = "",
) -> int:
    """Write down that the case (its row as it was before) moved, with a link of the audit log; returns its number."""
    row = {
        "application_id": case.id,
        "at": now,
        "kind": kind,
        "from_person": case.claimed_by,
        "to_person": to_person,
        "from_office": case.office,
        "to_office": to_office or case.office,
        "actor": actor.key,
        "reason": reason,
    }
    number: int = session.execute(insert(_move).returning(_move.c.id), sealed_row(case.id, _move, row)).scalar_one()
    audit.record(session, actor, now, f"case.{kind}", case.id, note=str(number))
    return number


def of_case(session: Session, application_id: str) -> tuple[Move, ...]:
    """The moves of a case, oldest first; whoever calls has looked whether the reader may see the case."""
    query = select(CaseMove).where(CaseMove.application_id == application_id).order_by(CaseMove.id)
    rows = session.execute(query).scalars().all()
    people = {row.from_person for row in rows} | {row.to_person for row in rows}
    names = names_of(session, people | {row.actor.removeprefix(PREFIX) for row in rows})
    return tuple(
        Move(
            row.at,
            row.kind,
            names.get(row.from_person),
            names.get(row.to_person),
            row.from_office,
            row.to_office,
            names.get(row.actor.removeprefix(PREFIX)),
            row.reason,
        )
        for row in rows
    )


def transfers(session: Session, application_id: str) -> tuple[Transfer, ...]:
    """The transfers of a case, oldest first; whoever calls has looked whether the reader may see the case."""
    return tuple(Transfer(row.at, row.to_office) for row in _TRANSFERS.all(session, {"case_id": application_id}))
