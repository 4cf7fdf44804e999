"""A field's JSON Schema, made ready once: the quick test that settles the usual, and the reference for the rest."""

from typing import Any

from engine.model import Field
from engine.validation.dialect import Validator
from engine.validation.quick import quick_test

MOST = 50_000  # fields kept ready; far more than an installation has


class Prepared:
    """What a field's schema says of an answer."""

    __slots__ = ("_quick", "_reference", "field")

    def __init__(self, field: Field) -> None:
        self.field = field  # kept, so that its identity is not given to another
        self._quick = quick_test(field.schema)
        self._reference = Validator(dict(field.schema))

    def errors(self, answer: Any) -> list[Any]:
        """The reference's errors; none without asking it where the quick test accepts."""
        if self._quick is not None and self._quick(answer):
            return []
        return list(self._reference.iter_errors(answer))


_ready: dict[int, Prepared] = {}


def prepared(field: Field) -> Prepared:
    """The field made ready, on first use."""
    found = _ready.get(id(field))
    if found is None:
        if len(_ready) >= MOST:
            _ready.clear()
        found = _ready[id(field)] = Prepared(field)
    return found
