"""Whether a question of two versions takes the same answers and means the same by them, however it is worded."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from engine.model import Field, Option
from engine.versions.equality import same

WORDS = frozenset({"title", "hint", "error", "errors", "law", "purpose"})
WHEN = frozenset({"id", "path", "was", "when", "optional"})
ABOUT = frozenset({"concept", "autocomplete", "privacy", "reuse", "searchable"})
HOW_IT_IS_ASKED = WORDS | WHEN | ABOUT
"""The attributes of a field that leave the meaning of an answer alone, and whether it is accepted."""
TAKEN_APART = frozenset({"options", "properties", "items"})
OPTION_WORDS = frozenset({"title", "hint", "was"})


def same_question(old: Field, new: Field) -> bool:
    """Whether every answer to `old` is as good an answer to `new`. When it is asked does not matter."""
    return (
        _same_but(old, new, HOW_IT_IS_ASKED | TAKEN_APART)
        and _same_options(old.options, new.options)
        and _same_inside(old.properties, new.properties)
        and _same_item(old.items, new.items)
        and not words_declared_differ(old, new)
    )


def words_declared_differ(old: Field, new: Field) -> bool:
    """Whether it is a declaration in other words: nobody has confirmed those."""
    if new.type.control != "declaration":
        return False
    return (old.title, old.hint) != (new.title, new.hint)


def _same_but(old: Any, new: Any, apart: frozenset[str]) -> bool:
    names = (one.name for one in fields(old) if one.name not in apart)
    return all(same(getattr(old, name), getattr(new, name)) for name in names)


def _same_options(old: Sequence[Option], new: Sequence[Option]) -> bool:
    """In any order. One that inherits another's value does not count as the same."""
    if {option.was for option in new} & {str(option.value) for option in old}:
        return False
    before, now = ({(type(one.value), one.value): one for one in some} for some in (old, new))
    return before.keys() == now.keys() and all(_same_but(before[key], now[key], OPTION_WORDS) for key in before)


def _same_inside(old: Sequence[Field], new: Sequence[Field]) -> bool:
    before = {field.id: field for field in old}
    if before.keys() != {field.id for field in new} or any(field.was in before for field in new):
        return False
    return all(same_question(before[field.id], field) for field in new)


def _same_item(old: Field | None, new: Field | None) -> bool:
    if old is None or new is None:
        return old is new
    return same_question(old, new)
