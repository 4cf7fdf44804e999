"""Erasing a case: its key first, which makes every copy unreadable wherever it lies, then its rows and its files."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from procedures import audit, lifecycle
from procedures.actors import SYSTEM
from procedures.blobs.leaving import delete_later
from procedures.keyring.forgetting import forget_keys
from procedures.models import Application, Base, BatchItem, Erased

NOBODY = "erased"
"""The owner of what is left of a case that was erased."""

VIA: Mapping[str, tuple[str, str]] = {
    "endorsement": ("proposal_id", "proposal"),
    "correction_item": ("request_id", "correction_request"),
    "correction_extension": ("request_id", "correction_request"),
    "upload_piece": ("upload_id", "upload"),
}
"""Tables that name a case by a row of another."""

ERASED = (
    *("unfinished", "draft_origin", "acting", "resume_code", "draft"),
    *("upload_piece", "upload", "attachment"),
    *("correction_extension", "correction_item", "correction_request"),
    *("case_message", "message", "case_note", "case_opinion", "examination_entry", "waiver_request", "paper_spelling"),
    *("letter", "certificate", "decision", "endorsement", "proposal"),
    *("received_submission", "case_move", "escalation", "search_term", "submission"),
)
"""Tables whose rows of a case go, in an order in which no row points to one that is gone."""

KEPT = frozenset(
    {"application", "status_history", "case_event", "look", "paper_number", "place", "batch_item"}
    | {"charge", "counter_entry", "profile_value"}
)
"""Tables whose rows of a case stay: that there was one, what was done in it and by whom, the books, and what a person
keeps in their profile, which is theirs and not the case's."""


def erase(session: Session, now: datetime, application_id: str, rule: str) -> int:
    """Erase what is kept of a case, by a rule's name; how many rows went. Nothing for one that is erased already.

    What stays is a row without a name: the number, the procedure, how it ended and when, its history without notes, and
    what the books and the audit log say. The audit log says how much went. Raises `NotFound`.
    """
    lifecycle.lock(session, application_id)
    if session.get(Erased, application_id) is not None:
        return 0
    session.execute(insert(Erased.__table__), {"holder": application_id, "rule": rule, "at": now})
    forget_keys(session, [application_id])
    blobs = _blob_keys(session, application_id)
    gone = {name: _delete(session, Base.metadata.tables[name], application_id) for name in ERASED}
    session.execute(update(BatchItem.__table__).where(BatchItem.application_id == application_id).values(facts=None))
    nameless = {"owner": NOBODY, "contact_email": None, "office": None, "claimed_by": None, "claimed_at": None}
    session.execute(update(Application.__table__).where(Application.id == application_id).values(nameless))
    delete_later(session, now, blobs)
    count = sum(gone.values())
    audit.record(session, SYSTEM, now, "case.erase", application_id, note=f"{rule}: {count} + {len(blobs)}")
    return count


def _rows(table: Table, application_id: str) -> object:
    if table.name not in VIA:
        return table.c.application_id == application_id
    column, above = VIA[table.name]
    there = Base.metadata.tables[above]
    return table.c[column].in_(select(there.c.id).where(there.c.application_id == application_id))


def _delete(session: Session, table: Table, application_id: str) -> int:
    return session.execute(delete(table).where(_rows(table, application_id))).rowcount


def _blob_keys(session: Session, application_id: str) -> list[str]:
    keys: list[str] = []
    for name in ERASED:
        table = Base.metadata.tables[name]
        if "blob_key" in table.c:
            named = select(table.c.blob_key).where(_rows(table, application_id), table.c.blob_key.is_not(None))
            keys += session.scalars(named)
    return keys
