"""One answer as an answer to the question that took the place of its own, where nothing is lost by it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.expressions import UNKNOWN
from engine.expressions.types import Type
from engine.fields.base import MISSING, known_value
from engine.model import Field, Option
from engine.validation.prepared import prepared, unprintable
from engine.versions.moving.sameness import words_declared_differ
from engine.versions.pairing import pair

PLAIN = frozenset({"text", "number", "date", "boolean"})
"""Kinds of value that mean the same under every type of field that has them."""


def convert(old: Field, new: Field, answer: Any, today: date) -> Any:
    """The answer to `old` as one to `new`; `MISSING` where that would change its meaning or would not be accepted.

    Groups and lists of groups are taken apart before: here an answer is one value, or a list of values.
    """
    value = _value(old, new, answer, today)
    return value if value is not MISSING and _fits(new, value, today) else MISSING


def wrong_already(old: Field, new: Field, answer: Any, today: date) -> bool:
    """Whether it was no answer to `old` either. Under the same type it stays as it is: the check will tell."""
    return old.type == new.type and not words_declared_differ(old, new) and not _fits(old, answer, today)


def may_carry(old: Field, new: Field) -> bool:
    """Whether some answers to `old` can be answers to `new`."""
    if old.options or new.options:
        return bool(old.options and new.options)
    before, now = old.items or old, new.items or new
    inside = bool(before.properties and now.properties)
    return inside or (not before.properties and not now.properties and _means_the_same(before, now))


def _value(old: Field, new: Field, answer: Any, today: date) -> Any:
    if old.options or new.options:
        return _chosen(old, new, answer)
    if old.items is None and new.items is not None:
        return _wrapped(convert(old, new.items, answer, today))
    if old.items is not None and new.items is None:
        alone = isinstance(answer, list) and len(answer) == 1
        return convert(old.items, new, answer[0], today) if alone else MISSING
    if old.items is not None and new.items is not None:
        return _each(old.items, new.items, answer, today)
    return answer if _means_the_same(old, new) else MISSING


def _means_the_same(old: Field, new: Field) -> bool:
    """Whether a value of one is the same thing as a value of the other; of another unit, it is not."""
    if words_declared_differ(old, new) or old.settings.get("unit") != new.settings.get("unit"):
        return False
    if old.type.name == new.type.name:
        return True
    if "declaration" in {old.type.control, new.type.control}:
        return False
    before, now = old.type.value_type(old), new.type.value_type(new)
    return before.kind == now.kind and now.kind in PLAIN


def _chosen(old: Field, new: Field, answer: Any) -> Any:
    """Options by their value, or by the one it was; several for one and one for several where there is just one."""
    if not (old.options and new.options):
        return MISSING
    heirs = pair(old.options, new.options, option_key).heir
    found = [_heir(old, heirs, value) for value in (answer if isinstance(answer, list) else [answer])]
    if MISSING in found:
        return MISSING
    if _is_list(new.type.value_type(new)):
        return found
    return found[0] if len(found) == 1 else MISSING


def option_key(option: Option) -> str:
    """What options of two versions are recognised by."""
    return str(option.value)


def _heir(old: Field, heirs: Mapping[str, Option], value: Any) -> Any:
    known = any(type(one.value) is type(value) and one.value == value for one in old.options)
    heir = heirs.get(str(value)) if known else None
    return MISSING if heir is None else heir.value


def _is_list(kind: Type) -> bool:
    return kind.kind == "list"


def _wrapped(value: Any) -> Any:
    return MISSING if value is MISSING else [value]


def _each(old: Field, new: Field, answer: Any, today: date) -> Any:
    if not isinstance(answer, list):
        return MISSING
    found = [convert(old, new, one, today) for one in answer]
    return MISSING if MISSING in found else found


def _fits(new: Field, value: Any, today: date) -> bool:
    """Whether the question takes this answer, whatever the others are. Of too many files or items, people choose."""
    if new.type.control == "file" or new.is_list:
        return True
    if unprintable(value, lines=new.type.control == "textarea") or prepared(new).errors(value):
        return False
    if known_value(new, value) is UNKNOWN:
        return False
    return new.items is not None or not any(True for _ in new.type.check(new, value, today))
