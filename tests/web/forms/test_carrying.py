"""Text in, errors out: nothing that was typed changes, and every mistake finds its question."""

import json
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict

from engine.model import Procedure
from engine.validation import Failure
from web.forms.carrier import CarrierKind
from web.forms.mistakes import mistakes_of
from web.forms.pages import build, input_names
from web.forms.seen import digest

AWKWARD = ("data", "errors", "validate", "process", "name.family", "csrf_token", "_fields")


@given(some.dictionaries(some.sampled_from(AWKWARD), some.lists(some.text(), min_size=1, max_size=3)))
def test_texts_travel_unchanged_under_any_name(sent: dict[str, list[str]]) -> None:
    form = CarrierKind(AWKWARD)(MultiDict((name, text) for name, texts in sent.items() for text in texts))
    assert {name: texts for name, texts in form.texts().items() if texts} == sent
    assert form.validate()


def test_unknown_inputs_are_left_out() -> None:
    assert CarrierKind(["a"])(MultiDict({"a": "1", "b": "2"})).texts() == {"a": ["1"]}


def test_saved_answers_fill_the_inputs_they_came_from(compiled: Callable[..., Procedure]) -> None:
    procedure = compiled(
        """
        own: {concept: applicant.name}
        born: {concept: applicant.birth}
        tags: {type: choices, title: 印, options: {a: あ, b: い}}
        """
    )
    form = build(procedure.steps[0].fields, procedure, "ja")
    name = {"family": "髙", "given": "𠮷子", "family_kana": "タカ", "given_kana": "ヨシコ"}
    texts = form.texts_of({"own": name, "born": "2000-02-03", "tags": ["a", "b"], "gone": 1})
    assert texts["own.family"] == ["髙"]
    assert [texts[f"born.{part}"] for part in ("year", "month", "day")] == [["2000"], ["2"], ["3"]]
    assert texts["tags"] == ["a", "b"]
    assert [name for field in form.fields for name in input_names(field)][:2] == ["own.family", "own.given"]


def test_mistakes_stand_in_the_order_of_the_page_and_lead_to_the_input(compiled: Callable[..., Procedure]) -> None:
    procedure = compiled(
        """
        first: {type: string, title: 一}
        firm:
          type: object
          title: 会社
          properties:
            label: {type: string, title: 名称}
            head: {type: person_name, title: 代表者}
        last: {type: date, title: 日}
        """
    )
    form = build(procedure.steps[0].fields, procedure, "ja")
    failures = [
        Failure(("last", "day"), "errors.date_day", {}),
        Failure(("firm", "head", "given"), "errors.missing_text", {}),
        Failure(("firm", "head", "family"), "errors.missing_text", {}),
        Failure(("firm", "label"), "errors.missing_text", {}),
    ]
    mistakes = mistakes_of(form.questions, failures, "ja", {"first": ["読めません"]})
    anchors = [href for href, _ in mistakes.summary]
    assert anchors == ["#f-first", "#f-firm-label", "#f-firm-head-family", "#f-firm-head-given", "#f-last-day"]
    assert list(mistakes.beside) == ["first", "firm.label", "firm.head", "last"]


def test_a_page_without_mistakes_is_fine(compiled: Callable[..., Procedure]) -> None:
    assert not mistakes_of((), (), "ja")


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=8,
)


@given(some.dictionaries(some.text(), JSON, max_size=4), some.dictionaries(some.text(), JSON, max_size=4))
def test_the_digest_tells_answers_apart(left: dict[str, object], right: dict[str, object]) -> None:
    assert (digest(left) == digest(right)) == (json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True))
    assert digest(left) != digest(None)
