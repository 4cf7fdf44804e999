"""Whatever is well typed evaluates to its type, is told in words, and never takes back what it knew (Kleene)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import BOOLEAN, UNKNOWN, Scope, parse
from tests.engine.expressions.random_expressions import FORMS, NAMES, Grammar, answers, partly

TODAY = date(2026, 5, 1)
KINDS: Mapping[str, type] = {"boolean": bool, "number": Decimal, "date": date, "text": str}
EVERYTHING, MONOTONE = Grammar(monotone=False), Grammar(monotone=True)
names = st.sets(st.sampled_from(sorted(NAMES)))
inner_names = st.sets(st.sampled_from(["flag", "size", "day", "word"]))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data(), known=answers, silent=names, silent_inside=inner_names)
def test_the_value_is_of_its_type_and_the_words_are_there(
    kind: str, data: st.DataObject, known: dict[str, Any], silent: set[str], silent_inside: set[str]
) -> None:
    source = data.draw(EVERYTHING.of(kind, 2))
    expression = parse(source, NAMES)
    assert expression.type.kind == kind
    value = expression.evaluate(Scope(partly(known, silent, silent_inside), TODAY))
    assert value is UNKNOWN or type(value) is KINDS[kind]
    for language in ("ja", "en", "easy"):
        assert expression.explain(language)
    named = parse("named", {"named": BOOLEAN})
    assert named.explain("ja", {}, {"named": expression}) or kind != "boolean"


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data(), known=answers, silent=names, silent_inside=inner_names)
def test_what_is_known_stays_whatever_the_missing_answers_turn_out_to_be(
    kind: str, data: st.DataObject, known: dict[str, Any], silent: set[str], silent_inside: set[str]
) -> None:
    expression = parse(data.draw(MONOTONE.of(kind, 2)), NAMES)
    early = expression.evaluate(Scope(partly(known, silent, silent_inside), TODAY))
    if early is not UNKNOWN:
        assert early == expression.evaluate(Scope(known, TODAY))


@pytest.mark.parametrize("form", [form for forms in FORMS.values() for form in forms], ids=lambda form: form[0])
@settings(max_examples=2, deadline=None)
@given(data=st.data(), known=answers)
def test_every_form_is_taken(form: tuple[str, str], data: st.DataObject, known: dict[str, Any]) -> None:
    expression = parse(data.draw(EVERYTHING.filled(form, 0, inside=False)), NAMES)
    expression.evaluate(Scope(known, TODAY))
    assert expression.explain("ja")
    assert expression.explain("en")
