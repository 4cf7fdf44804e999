"""What a bank's file says, whatever its format: statements of accounts, and what is wrong with the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of an account. `yen` > 0 came in, < 0 went out; `place` is its line or record in the file, from 1.

    `text` is what the bank wrote, as it wrote it; `reference` the bank's own number of it, `sort` its 取引区分.
    """

    day: date
    yen: int
    text: str
    place: int
    reference: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """An account from its first to its last day. Balances are None where the file tells none."""

    account: str
    holder: str
    first_on: date
    last_on: date
    opening_yen: int | None
    closing_yen: int | None
    lines: tuple[Line, ...]

    @property
    def moved_yen(self) -> int:
        """What came in less what went out."""
        return sum(line.yen for line in self.lines)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with the file: where (line or record from 1; 0 the whole file), what, and what to do."""

    place: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: str) -> str:
        """In words, without the place."""
        return say(f"finance.trouble_{self.code}", language, **self.params)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read. With any trouble nothing of it is imported."""

    statements: tuple[Statement, ...]
    troubles: tuple[Trouble, ...]
