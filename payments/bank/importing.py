"""Confirming a file of the bank: all of it becomes statements and lines, or nothing; what is sure is matched."""

from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from payments.bank.files import preview, unknown
from payments.bank.matching import match
from payments.bank.statements import Statement, Trouble
from payments.models import BankFile, BankLine, BankStatement
from payments.reconciliation.rechecking import recheck
from procedures import audit
from procedures.actors import Actor
from procedures.models import new_id
from procedures.storing.chunks import in_chunks


class FileHasTroubles(Exception):
    """The file is not imported; `troubles` say why."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        self.troubles = troubles
        super().__init__(f"{len(troubles)} troubles")


def confirm(session: Session, actor: Actor, now: datetime, file_id: str) -> int:
    """Import what the preview showed; answers how many lines were new. A second time changes nothing.

    Raises `NotFound`, `FileHasTroubles`. What the bank shows now is matched with payouts, and what does not match on
    the days concerned goes on the worklist.
    """
    seen = preview(session, file_id)
    if seen.reading.troubles:
        raise FileHasTroubles(seen.reading.troubles)
    if not _claim(session, actor, now, file_id):
        return 0
    days: set[date] = set()
    count = 0
    for statement in seen.reading.statements:
        fresh = _keep(session, now, file_id, statement)
        days |= fresh | {statement.first_on}
        count += len(fresh)
    new = sum(seen.fresh)
    audit.record(session, actor, now, "bank.import", file_id, note=f"{len(seen.reading.statements)} {new}")
    match(session, now)
    recheck(session, now, days)
    return new


def _claim(session: Session, actor: Actor, now: datetime, file_id: str) -> bool:
    """Whether this is the first confirmation; the row's lock decides between two at once."""
    table = BankFile.__table__
    first = update(table).where(table.c.id == file_id, table.c.confirmed_at.is_(None))
    return session.execute(first.values(confirmed_at=now, confirmed_by=actor.key)).rowcount == 1


def _keep(session: Session, now: datetime, file_id: str, statement: Statement) -> set[date]:
    """The statement and its new lines; answers the days of these. One that says nothing new is not kept again."""
    fresh = unknown(session, statement)
    if not fresh and _covered(session, statement):
        return set()
    row = {
        "id": new_id(),
        "file_id": file_id,
        "account": statement.account,
        "holder": statement.holder,
        "first_on": statement.first_on,
        "last_on": statement.last_on,
        "opening_yen": statement.opening_yen,
        "closing_yen": statement.closing_yen,
        "imported_at": now,
    }
    session.execute(insert(BankStatement), [row])
    lines = [
        {
            "id": new_id(),
            "statement_id": row["id"],
            "account": statement.account,
            "day": line.day,
            "number": number,
            "yen": line.yen,
            "text": line.text,
            "reference": line.reference,
            "place": line.place,
        }
        for line, number in fresh
    ]
    for some in in_chunks(lines):
        session.execute(insert(BankLine), some)
    return {line.day for line, _ in fresh}


def _covered(session: Session, statement: Statement) -> bool:
    """Whether a statement of just these days and balances is there."""
    there = select(BankStatement.id).where(
        BankStatement.account == statement.account,
        BankStatement.first_on == statement.first_on,
        BankStatement.last_on == statement.last_on,
    )
    return session.execute(there).first() is not None
