"""One order and its values, whether it came as JSON from a test or from a form on the control page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Request


class Senseless(Exception):
    """An order that nobody can follow (`status` 400), or about something that is not there (404)."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Order:
    """The values of an order. An empty field of a form counts as not given."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, request: Request) -> "Order":
        """What a request orders."""
        if request.is_json:
            values = request.get_json(silent=True)
            return cls(values if isinstance(values, dict) else {})
        return cls({name: value for name, value in request.form.items() if value != ""})

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number from 0."""
        value = self.whole(name, default)
        if value < 0:
            raise Senseless(f"{name} is a whole number from 0")
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number, also below 0."""
        value = self.values.get(name, default)
        if isinstance(value, str) and value.isascii() and value.removeprefix("-").isdigit():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Senseless(f"{name} is a whole number")
        return value

    def optional_number(self, name: str) -> int | None:
        """A whole number from 0, or none."""
        return self.number(name) if self.values.get(name) is not None else None

    def seconds(self, name: str, default: float = 0) -> float:
        """A time, also in parts of a second."""
        try:
            return max(0.0, float(self.values.get(name, default)))
        except (TypeError, ValueError):
            raise Senseless(f"{name} is a number of seconds") from None

    def word(self, name: str, choices: Iterable[str], default: str | None = None) -> str:
        """One of some words."""
        allowed = tuple(choices)
        value = self.values.get(name, default)
        if value not in allowed:
            raise Senseless(f"{name} is one of {', '.join(allowed)}")
        return str(value)

    def text(self, name: str, default: str = "") -> str:
        """Any text."""
        return str(self.values.get(name, default)).strip()

    def flag(self, name: str) -> bool:
        """Yes or no; a ticked box of a form is a yes."""
        return self.values.get(name) in (True, 1, "1", "on", "true", "yes")

    def words(self, name: str) -> list[str]:
        """Several words: a list, or a text with commas or spaces."""
        value = self.values.get(name) or []
        found = value if isinstance(value, list) else str(value).replace(",", " ").split()
        return [str(entry) for entry in found]
