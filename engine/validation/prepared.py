"""A field's JSON Schema, made ready once: the quick test that settles the usual, and the reference for the rest."""

from collections.abc import Mapping
from typing import Any
from weakref import finalize

from engine.fields.base import LIMITS
from engine.fields.keyboards import has_control_character
from engine.model import Field
from engine.validation.dialect import Validator
from engine.validation.quick import quick_test


class Prepared:
    """What a field's schema says of an answer."""

    __slots__ = ("_lines", "_quick", "_reference", "_schema", "inner", "judged")

    def __init__(self, field: Field) -> None:
        self.inner = bool(field.properties) or field.items is not None  # answers that are looked at one by one
        self.judged = _judged(field)
        self._schema = field.schema
        self._quick = quick_test(field.schema)
        self._reference: Any = None
        self._lines = field.type.control == "textarea"

    def accepts(self, answer: Any) -> bool:
        """Whether its schema surely takes it: the usual answer. Where it is `judged`, that is only half of it."""
        fits = not self.inner and self._quick is not None and self._quick(answer)
        return fits and not unprintable(answer, lines=self._lines)

    def errors(self, answer: Any) -> list[Any]:
        """The reference's errors; none without asking it where the quick test accepts."""
        if self._quick is not None and self._quick(answer):
            return []
        if self._reference is None:  # which most fields never need
            self._reference = Validator(dict(self._schema))
        return list(self._reference.iter_errors(answer))


def _judged(field: Field) -> bool:
    """Whether anything beside its schema says what an answer may be."""
    limits = field.limits or LIMITS & field.settings.keys()
    return bool(limits) or any(option.when is not None for option in field.options) or field.type.judges(field)


def unprintable(answer: Any, *, lines: bool) -> bool:
    """Whether an invisible character stands in a text of the answer; line breaks are fine where there are `lines`."""
    if isinstance(answer, str):
        return not answer.isprintable() and has_control_character(answer, lines=lines)
    values = answer.values() if isinstance(answer, Mapping) else answer if isinstance(answer, list) else ()
    return any(unprintable(value, lines=lines) for value in values)


_ready: dict[int, Prepared] = {}
"""By the identity of the field: its content is no key. What is ready goes with its field."""


def prepared(field: Field) -> Prepared:
    """The field made ready, on first use."""
    key = id(field)
    found = _ready.get(key)
    if found is None:
        found = _ready[key] = Prepared(field)
        finalize(field, _ready.pop, key, None).atexit = False
    return found
