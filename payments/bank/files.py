"""Files of the bank between the upload and the confirmation: kept, looked into, thrown away."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from payments.bank.formats import LARGEST, read
from payments.bank.statements import Line, Reading, Statement
from payments.models import BankFile, BankLine
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import new_id

FORGOTTEN = timedelta(days=1)
"""How long an upload waits for its confirmation."""
LONGEST_NAME = 200
LONGEST_ACCOUNT = 60


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that waits: what it says, and how many of its lines are new. `confirmed_at` is set once it is imported."""

    id: str
    name: str
    uploaded_by: str
    uploaded_at: datetime
    confirmed_at: datetime | None
    format: str
    reading: Reading
    fresh: tuple[int, ...]

    @property
    def new_lines(self) -> int:
        """Lines that are not known from another file."""
        return sum(self.fresh)


def hand_in(session: Session, actor: Actor, now: datetime, name: str, content: bytes, account: str) -> str:
    """Keep an upload until it is confirmed; answers its id. Older ones that never were are thrown away."""
    old = delete(BankFile).where(BankFile.confirmed_at.is_(None), BankFile.uploaded_at < now - FORGOTTEN)
    session.execute(old)
    row = {
        "id": new_id(),
        "name": name[:LONGEST_NAME],
        "sha256": sha256(content).hexdigest(),
        "content": content[: LARGEST + 1],
        "account": account[:LONGEST_ACCOUNT],
        "uploaded_by": actor.key,
        "uploaded_at": now,
    }
    session.execute(insert(BankFile), [row])
    return str(row["id"])


def preview(session: Session, file_id: str) -> Preview:
    """Look into an upload. Raises `NotFound`."""
    file = session.get(BankFile, file_id)
    if file is None:
        raise NotFound(file_id)
    name, reading = read(file.content, file.account, tokyo_day(file.uploaded_at))
    fresh = tuple(len(unknown(session, statement)) for statement in reading.statements)
    return Preview(file.id, file.name, file.uploaded_by, file.uploaded_at, file.confirmed_at, name, reading, fresh)


def unknown(session: Session, statement: Statement) -> list[tuple[Line, int]]:
    """The lines of a statement that no earlier file held, each with its number among those that are alike."""
    counted: Counter[tuple[date, int, str]] = Counter()
    there = _there(session, statement)
    found = []
    for line in statement.lines:
        counted[line.day, line.yen, line.text] += 1
        number = counted[line.day, line.yen, line.text]
        if number > there[line.day, line.yen, line.text]:
            found.append((line, number))
    return found


def _there(session: Session, statement: Statement) -> Counter[tuple[date, int, str]]:
    """How many lines of each kind are known on the statement's days."""
    known = select(BankLine.day, BankLine.yen, BankLine.text).where(
        BankLine.account == statement.account, BankLine.day.between(statement.first_on, statement.last_on)
    )
    return Counter((row.day, row.yen, row.text) for row in session.execute(known))
