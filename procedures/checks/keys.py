"""Each case has a key that opens, what is sealed lies where it belongs, and nothing plain is left beside it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Select, Table, Text, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from procedures.checks.finding import Finding, found
from procedures.keeping.due import due, held
from procedures.keeping.holds import Hold
from procedures.keeping.restored import unfinished
from procedures.keyring.columns import holder_of, raw, sealed_tables
from procedures.keyring.encrypting import plain_tables
from procedures.keyring.encrypting_files import plain_files
from procedures.keyring.envelopes import FORM
from procedures.keyring.live import current
from procedures.keyring.ring import MasterMissing
from procedures.models import CaseKey
from procedures.storing.fixed import Fixed

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
        for name in dict.fromkeys([*plain_tables(session), *plain_files(session)]):
            yield found("plain_left", name)
    for row in _strangers(len(sealed_tables())).all(session, {}):
        yield found("sealed_elsewhere", f"{row.name} {row.holder}")


def overdue(session: Session, now: datetime, holds: Sequence[Hold] = ()) -> Iterator[Finding]:
    """No case is kept longer than its procedure says; of those that something holds, what it is."""
    for application_id in due(session, now - LATE, MOST, holds):
        yield found("kept_too_long", application_id)
    for application_id, names in held(session, now - LATE, MOST, holds).items():
        for name in names:
            yield found(f"held_{name}", application_id)


@lru_cache(maxsize=1)
def _strangers(_tables: int) -> Fixed:
    """In one statement whose rows hold what is sealed under the key of somebody else, some of each table."""
    each = union_all(*(_misplaced(table, columns) for table, columns in sealed_tables().items())).subquery()
    return Fixed(select(each.c.name, each.c.holder))


def _misplaced(table: Table, columns: tuple[Column[str], ...]) -> Select[Any]:
    holder = holder_of(table)
    under = [
        raw(column).startswith(FORM, autoescape=True)
        & (func.substr(raw(column), len(FORM) + 1, KEY_LENGTH) != CaseKey.id)
        for column in columns
    ]
    strange = select(holder.label("holder")).join_from(table, CaseKey, CaseKey.holder == holder).where(or_(*under))
    some = strange.limit(MOST).subquery()
    return select(literal(table.name, Text).label("name"), some.c.holder)
