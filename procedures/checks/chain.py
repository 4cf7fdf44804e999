"""The audit chain is whole, and the database still refuses to change what is frozen."""

from collections.abc import Iterator, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from procedures import audit, looking
from procedures.checks.finding import Finding, found

FROZEN = (
    "submission",
    "status_history",
    "decision",
    "audit_event",
    "look",
    "examination_entry",
    "case_note",
    "correction_extension",
)

_TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
}
_WANTED = {"sqlite": ("{}_no_UPDATE", "{}_no_DELETE"), "postgresql": ("{}_frozen", "{}_kept")}


def audit_chain(session: Session) -> Iterator[Finding]:
    """No link was changed, removed or cut off."""
    for fault in audit.verify(session):
        yield found(f"audit_{fault.fault}", str(fault.seq))


def looks_chain(session: Session) -> Iterator[Finding]:
    """Nor any record of who looked at a case."""
    for link in looking.verify(session):
        yield found("looks_changed", str(link))


def frozen_tables(session: Session, tables: Sequence[str] = FROZEN) -> Iterator[Finding]:
    """The triggers that refuse changes of these tables are there and at work."""
    dialect = session.get_bind().dialect.name
    there = {name for name, _table in session.execute(text(_TRIGGERS[dialect]))}
    for table in tables:
        if not {wanted.format(table) for wanted in _WANTED[dialect]} <= there:
            yield found("table_not_frozen", table)
