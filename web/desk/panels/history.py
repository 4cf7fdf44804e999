"""Everything that happened to a case, once each, in order: changes of its status, and what was done beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from procedures.models import AuditEvent
from procedures.reading.names import PREFIX, names_of
from web.desk.panels import Look

TOLD = frozenset(
    {
        "case.assigned",
        "case.automatic",
        "case.fallen",
        "case.given_back",
        "case.taken_over",
        "case.transferred",
        "certificate",
        "certificate.again",
        "certificate.revoke",
        "charge.demand",
        "correction.extend",
        "counter.take",
        "examination.write",
        "message.settle",
        "message.write",
        "note.write",
        "opinion.answer",
        "opinion.ask",
        "opinion.take_back",
        "reopen.dropped",
        "reopen.proposed",
        "revoke.dropped",
        "revoke.proposed",
        "waiver.ask",
    }
)
"""Actions of the audit log that no change of status tells already, each with the words `desk.happened_…`."""

_ACTIONS = (
    select(AuditEvent.at, AuditEvent.action, AuditEvent.actor, AuditEvent.seq)
    .where(AuditEvent.object_id == bindparam("case_id"), AuditEvent.action.in_(TOLD))
    .order_by(AuditEvent.seq)
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing. `key` ends its wording: `event_…` or `happened_…`; `by` is a name of staff, "" for others."""

    at: datetime
    key: str
    by: str
    note: str


def read(session: Session, look: Look) -> tuple[Happened, ...]:
    """One statement, and one for the names."""
    rows = session.execute(_ACTIONS, {"case_id": look.case.application_id}).all()
    staff = {row.actor.removeprefix(PREFIX) for row in rows if row.actor.startswith(PREFIX)}
    names = names_of(session, staff) if staff else {}
    beside = [
        Happened(row.at, f"happened_{row.action.replace('.', '_')}", names.get(row.actor.removeprefix(PREFIX), ""), "")
        for row in rows
    ]
    return tuple(sorted([*_changes(look), *beside], key=lambda one: one.at))


def _changes(look: Look) -> Iterator[Happened]:
    for one in look.case.timeline:
        yield Happened(one.at, f"event_{one.event}", one.by or "", one.note or "")
