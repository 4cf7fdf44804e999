"""What will happen by itself and when: noted when it is decided, taken out when its moment has come."""

from dataclasses import dataclass

from payments.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """At second `due`, `what` happens to the resource `subject`."""

    due: int
    what: str
    subject: str


def plan(store: Store, due: int, what: str, subject: str) -> None:
    """Note that this will happen. It is looked at again when it is due: what has become senseless does nothing."""
    store.run("INSERT INTO agenda (due, what, subject) VALUES (?, ?, ?)", (due, what, subject))


def take_next(store: Store, now: int) -> Entry | None:
    """The earliest entry that is due by `now`, taken out; of those of one second, the one that was noted first."""
    rows = store.run(
        "SELECT number, due, what, subject FROM agenda WHERE due <= ? ORDER BY due, number LIMIT 1", (now,)
    )
    if not rows:
        return None
    store.run("DELETE FROM agenda WHERE number = ?", rows[0][:1])
    return Entry(*rows[0][1:])


def planned(store: Store, subject: str) -> list[Entry]:
    """What is noted for one resource, the earliest first."""
    rows = store.run("SELECT due, what, subject FROM agenda WHERE subject = ? ORDER BY due, number", (subject,))
    return [Entry(*row) for row in rows]


def drop(store: Store, subject: str, what: str) -> None:
    """Take back what was noted."""
    store.run("DELETE FROM agenda WHERE subject = ? AND what = ?", (subject, what))
