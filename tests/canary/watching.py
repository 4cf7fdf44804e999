"""Looks at everything that comes out, and knows who may read what."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from threading import Lock

from tests.canary.marks import Mark, Marks

Allowed = Callable[[Mark], bool]
Headers = Iterable[tuple[str, str]]
OFFICE = frozenset({"name", "answer", "file", "message", "mail", "phone", "note", "decision"})
OWN = OFFICE - {"note"}


def nobody(_mark: Mark) -> bool:
    """Strangers, logs, figures."""
    return False


def resident(name: str) -> Allowed:
    """Their own, what was decided included, but nothing that the office notes about them."""
    return lambda mark: mark.owner == name and mark.kind in OWN


def finance(mark: Mark) -> bool:
    """Who owes; nothing of what they want or wrote."""
    return mark.kind == "name"


def client(name: str) -> Allowed:
    """What it sent itself, for whomever."""
    return lambda mark: mark.owner.startswith(f"{name}-")


def office_of(office: str) -> Allowed:
    """Everything about cases of their office; nothing of others."""
    return lambda mark: mark.office in {office, "*"}


@dataclass
class Watch:
    """What was looked at, and what somebody was shown who may not see it."""

    marks: Marks
    looked: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def look(self, who: str, may: Allowed, what: str, content: bytes) -> None:
        """One thing that came out. `what` names it in a leak."""
        found = self.marks.said_in(content)
        with self.lock:
            self.looked[who.rstrip("0123456789")] += 1
            self.seen.update(f"{who.rstrip('0123456789')} {mark.kind}" for mark in found)
            self.leaks += [f"{who} is shown {mark} by {what}" for mark in sorted(found, key=str) if not may(mark)]

    def answer(
        self, who: str, may: Allowed, what: str, status: int, headers: Iterable[tuple[str, str]], body: bytes
    ) -> None:
        """A response: its headers and its body."""
        self.look(who, may, f"the headers of {what}", "\n".join(": ".join(pair) for pair in headers).encode())
        self.look(who, may, f"{what} ({status})", body)
        with self.lock:
            self.statuses[status] += 1

    def logs(self, files: Iterable[Path]) -> None:
        """Whatever the processes wrote."""
        for file in files:
            for line in file.read_bytes().splitlines():
                self.look("log", nobody, f"{file.name}: {line[:80]!r}", line)

    def mails(self, folder: Path) -> None:
        """Each mail may hold what is of whom it is sent to."""
        for file in sorted(folder.rglob("*.eml")):
            content = file.read_bytes()
            to = str(message_from_bytes(content, policy=policy.default)["To"]).encode()
            owners = {mark.owner for mark in self.marks.said_in(to) if mark.kind == "mail"}
            self.look("mail", lambda mark, owners=owners: mark.owner in owners and mark.kind in OWN, file.name, content)  # type: ignore[misc]
