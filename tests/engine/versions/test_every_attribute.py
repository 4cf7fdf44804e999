"""No attribute of the model can change without being told: every one is changed in turn, in samples of everything."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from engine import model
from engine.compiling import compile_procedure, load_concepts
from engine.expressions import Expression, parse
from engine.fees.forms import Computed
from engine.fields import registry
from engine.fields.base import FieldType
from engine.model import Procedure, Text
from engine.versions.comparing import compare
from engine.versions.comparing.walking import UNSEEN
from engine.versions.rendering import render_json, render_text
from tests.engine.language.specs import CONCEPTS, FEATURES, RATES, REAL

LEAVES = (Text, Expression, FieldType)


@dataclass(frozen=True)
class Sample:
    """An attribute of a part of a procedure, with a value worth changing where one was found."""

    procedure: Procedure
    part: Any
    attribute: str

    @property
    def value(self) -> Any:
        return getattr(self.part, self.attribute)


def procedures() -> Iterator[Procedure]:
    """The small ones first: a sample is compared as a whole."""
    concepts, _ = load_concepts(CONCEPTS.read_bytes(), "concepts.yaml")
    for path in [*sorted(REAL, key=lambda path: path.stat().st_size), *FEATURES]:
        found = compile_procedure(path.read_bytes(), path.name, concepts, RATES).procedure
        assert found is not None, path
        yield found


def parts(value: Any) -> Iterator[Any]:
    """Every record below."""
    if isinstance(value, LEAVES):
        return
    if is_dataclass(value):
        yield value
        for one in fields(value):
            yield from parts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from parts(inner)


@cache
def samples() -> dict[str, Sample]:
    """By class and attribute; made when a test wants them, not by each process that lists tests."""
    found: dict[str, Sample] = {}
    for procedure in procedures():
        for part in parts(procedure):
            for one in (one for one in fields(part) if one.compare):
                name = f"{type(part).__name__}.{one.name}"
                if name not in found or not found[name].value:
                    found[name] = Sample(procedure, part, one.name)
    return found


OTHERS: Mapping[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    str: lambda value: f"{value}x",
    date: lambda value: value + timedelta(days=1),
    Decimal: lambda value: value + 1,
    Text: lambda value: Text(f"{value.ja}!", value.others),
    Expression: lambda value: parse("2 < 1" if value.source == "1 < 2" else "1 < 2", {}),
    tuple: lambda value: value[:-1] if value else (Text("新しい"),),
    type(None): lambda _: Text("新しい"),
}


def another(value: Any) -> Any:
    """A value that differs; instead of a section, none."""
    if isinstance(value, Mapping):
        return {} if value else {"x": Text("新しい")}
    if isinstance(value, FieldType):
        return registry.by_name("text" if value.name != "text" else "long_text")
    if hasattr(value, "tag"):
        return Computed(parse("1", {}), Text("一"))
    return OTHERS.get(type(value), lambda _: None)(value)


def with_change(whole: Any, part: Any, attribute: str, value: Any) -> Any:
    """The whole with one attribute of one part changed; the part is recognised by being the same object."""
    if whole is part:
        return replace(part, **{attribute: value})
    if isinstance(whole, LEAVES):
        return whole
    if is_dataclass(whole) and not isinstance(whole, type):
        held = {one.name: getattr(whole, one.name) for one in fields(whole)}
        changed = {name: with_change(inner, part, attribute, value) for name, inner in held.items()}
        return replace(whole, **changed) if any(changed[name] is not held[name] for name in held) else whole
    if isinstance(whole, tuple):
        inner = tuple(with_change(one, part, attribute, value) for one in whole)
        return inner if any(one is not old for one, old in zip(inner, whole, strict=True)) else whole
    if isinstance(whole, Mapping):
        held = {key: with_change(one, part, attribute, value) for key, one in whole.items()}
        return held if any(held[key] is not whole[key] for key in whole) else whole
    return whole


def test_a_change_of_any_attribute_is_told() -> None:
    names = sorted(name for name in samples() if name.partition(".")[2] not in UNSEEN)
    assert len(names) > 200
    assert not [f"{name}: {why}" for name in names for why in untold(name)], (
        "changed, and nothing was told: see engine/versions/comparing/rules, or UNSEEN if it says nothing"
    )


def untold(name: str) -> Iterator[str]:
    """What is missing where the attribute changes."""
    sample = samples()[name]
    old = sample.procedure
    new = with_change(old, sample.part, sample.attribute, another(sample.value))
    new = replace(new, digest="other", version=old.version + timedelta(days=1))
    comparison = compare(old, new)
    if not [change for change in comparison.changes if change.kind != "unsaid"]:
        yield "no change"
        return
    for language in ("ja", "en"):
        said = comparison.changes[0].say(language)
        if said not in render_text(comparison, language):
            yield f"not in the text in {language}"
        if "{" in said and not name.endswith(("schema", "settings", "answers")):
            yield f"a gap in {said}"
    if not render_json(comparison, "en"):
        yield "no JSON"


def test_there_is_a_sample_of_every_class_of_the_model() -> None:
    classes = {one for one in vars(model).values() if isinstance(one, type) and is_dataclass(one)}
    seen = {name.partition(".")[0] for name in samples()}
    missing = {one.__name__ for one in classes} - seen - {"Text"}
    assert missing == set(), "no spec in tests/specs/features or procedure_specs has one: write one"


def test_what_is_not_told_says_nothing_by_itself() -> None:
    assert {"digest", "version", "path", "line", "index", "was"} == UNSEEN


@pytest.mark.parametrize("path", [*REAL, *FEATURES], ids=lambda path: path.stem)
def test_a_procedure_has_no_difference_from_itself(path: Any) -> None:
    """Compiled twice, so that nothing is the same object."""
    concepts, _ = load_concepts(CONCEPTS.read_bytes(), "concepts.yaml")
    old, new = (compile_procedure(path.read_bytes(), path.name, concepts, RATES).procedure for _ in range(2))
    assert old is not None
    assert new is not None
    later = replace(new, digest="other", version=new.version + timedelta(days=1))
    assert compare(old, later).changes == ()
