"""Each case has a key that opens, what is sealed lies where it belongs, and nothing plain is left beside it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, Table, func, or_, select
from sqlalchemy.orm import Session

from procedures.checks.finding import Finding, found
from procedures.keeping.due import due, held
from procedures.keeping.holds import Hold
from procedures.keeping.restored import unfinished
from procedures.keyring.columns import holder_of, raw, sealed_tables
from procedures.keyring.encrypting import plain_in
from procedures.keyring.encrypting_files import plain_files, tables
from procedures.keyring.envelopes import FORM
from procedures.keyring.live import current
from procedures.keyring.ring import MasterMissing
from procedures.models import CaseKey

MOST = 100
LATE = timedelta(days=2)
KEY_LENGTH = 26


def keys(session: Session) -> Iterator[Finding]:
    """Every key unwraps, and no case lacks one that was not erased."""
    for key_id in session.scalars(select(CaseKey.id)).all():
        try:
            current().by_id(key_id)
        except MasterMissing:
            yield found("key_broken", key_id)
    for application_id in unfinished(session, MOST):
        yield found("key_missing", application_id)


def sealed(session: Session) -> Iterator[Finding]:
    """Nothing plain is left once that was said; what is sealed is so under the key of whose it is."""
    if current().finished():
        left = [table for table in sealed_tables() if plain_in(session, table)]
        left += [table for table in tables() if table not in left and plain_files(session, table)]
        for table in left:
            yield found("plain_left", table.name)
    for table, columns in sealed_tables().items():
        yield from _misplaced(session, table, columns)


def overdue(session: Session, now: datetime, holds: Sequence[Hold] = ()) -> Iterator[Finding]:
    """No case is kept longer than its procedure says; of those that something holds, what it is."""
    for application_id in due(session, now - LATE, MOST, holds):
        yield found("kept_too_long", application_id)
    for application_id, names in held(session, now - LATE, MOST, holds).items():
        for name in names:
            yield found(f"held_{name}", application_id)


def _misplaced(session: Session, table: Table, columns: tuple[Column[str], ...]) -> Iterator[Finding]:
    holder = holder_of(table)
    under = [
        raw(column).startswith(FORM, autoescape=True)
        & (func.substr(raw(column), len(FORM) + 1, KEY_LENGTH) != CaseKey.id)
        for column in columns
    ]
    strange = select(holder.label("holder")).join_from(table, CaseKey, CaseKey.holder == holder).where(or_(*under))
    for row in session.execute(strange.limit(MOST)):
        yield found("sealed_elsewhere", f"{table.name} {row.holder}")
