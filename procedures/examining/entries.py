"""What was filled in and ticked in a case, by whom and when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from procedures.models import ExaminationEntry
from procedures.reading.names import names_of

FIELD, CHECK = "field", "check"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `by` is a name. `value` is None for a field that was emptied."""

    number: int
    round: int
    kind: str
    item: str
    value: Any
    by: str
    at: datetime

    @property
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return self.kind, self.item


@dataclass(frozen=True, slots=True)
class Record:
    """All entries of a case in their order, and what counts of them in one round."""

    entries: tuple[Entry, ...] = ()
    newest: dict[tuple[str, str], Entry] = field(default_factory=dict)

    @property
    def filled(self) -> dict[str, Any]:
        """What is filled in, by field id."""
        return {item: one.value for (kind, item), one in self.newest.items() if kind == FIELD and one.value is not None}

    @property
    def ticked(self) -> frozenset[str]:
        """The items that are ticked."""
        return frozenset(item for (kind, item), one in self.newest.items() if kind == CHECK and one.value is True)


NOTHING = Record()

_ENTRIES = (
    select(ExaminationEntry.__table__)
    .where(ExaminationEntry.application_id == bindparam("case_id"))
    .order_by(ExaminationEntry.number)
)


def record_of(session: Session, application_id: str, round_: int) -> Record:
    """What stands in the case in `round_`. The caller has checked that the reader may see the case."""
    rows = session.execute(_ENTRIES, {"case_id": application_id}).all()
    if not rows:
        return NOTHING
    names = names_of(session, (row.by for row in rows))
    entries = tuple(
        Entry(row.number, row.round, row.kind, row.item, row.value, names.get(row.by, row.by), row.at) for row in rows
    )
    counted = (one for one in entries if one.kind == FIELD or one.round == round_)
    return Record(entries, {one.key: one for one in counted})


def filled_in(session: Session, application_id: str) -> dict[str, Any]:
    """What staff filled in, as a certificate prints it."""
    newest = {
        row.item: row.value for row in session.execute(_ENTRIES, {"case_id": application_id}) if row.kind == FIELD
    }
    return {item: value for item, value in newest.items() if value is not None}
