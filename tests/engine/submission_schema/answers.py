"""Answers of every sort: as a field wants them, nearly so, and not at all; those on the path and those off it."""

import copy
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from engine.journey import walk
from engine.model import Field, Procedure
from engine.submission_schema.patterns import portable
from engine.validation import check_submission
from tests.engine.submission_schema.sides import TODAY

JUNK = st.sampled_from(
    [None, True, False, 0, 1, 2.5, "", "a", "a\n", "\x07", "2026-02-30", "2026-02-28", [], ["a"], {}]
)
NEAR = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-04-30", "2026-05-01", "2026-05-02"]
FAR = st.dates(TODAY - timedelta(days=9000), TODAY + timedelta(days=400)).map(lambda day: day.isoformat())
ROUNDS = 3
SCALARS: Mapping[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "integer": st.integers(-1, 12),
    "number": st.integers(-1, 12) | st.sampled_from([0.25, 0.5, 1.5, 2.5]),
}


def answer_to(field: Field) -> st.SearchStrategy[Any]:
    """What somebody may answer: usually of the right form."""
    if field.properties:
        return _object({one.id: answer_to(one) for one in field.properties})
    if field.items is not None:
        return seldom(st.just([]), st.lists(answer_to(field.items), min_size=1, max_size=3))
    return from_schema(field.schema)


def from_schema(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values for the usual keywords; the others are kept by chance."""
    if "const" in schema or "enum" in schema:
        return st.sampled_from([schema["const"]] if "const" in schema else list(schema["enum"]))
    match schema.get("type"):
        case "boolean" | "integer" | "number" as kind:
            return SCALARS[kind]
        case "array":
            items = from_schema(schema.get("items", {"type": "string"}))
            return st.lists(items, min_size=1, max_size=schema.get("maxItems", 3), unique=True)
        case "object":
            return _object({name: from_schema(one) for name, one in schema.get("properties", {}).items()})
    return _text(schema)


def _text(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return seldom(FAR, st.sampled_from(NEAR))
    if schema.get("format") == "email":
        return seldom(st.sampled_from(["hanako@example", "hanako", "a@b@example.jp"]), st.just("hanako@example.jp"))
    pattern = portable(schema["pattern"], lines=False) if "pattern" in schema else None
    if pattern is not None:
        return _matching(pattern)
    return st.text("abあ髙", min_size=schema.get("minLength", 1), max_size=min(schema.get("maxLength", 6), 20))


@cache
def _matching(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(pattern).map(lambda text: text.removesuffix("\n"))


@st.composite
def _object(draw: st.DrawFn, properties: Mapping[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    left_out = draw(seldom(st.sets(st.sampled_from(sorted(properties)), max_size=2), st.just(set())))
    return {name: draw(values) for name, values in properties.items() if name not in left_out}


def seldom(rare: st.SearchStrategy[Any], usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One time in eight the rare one."""
    return st.integers(0, 7).flatmap(lambda chance: usual if chance else rare)


@st.composite
def submissions(draw: st.DrawFn, procedure: Procedure) -> Any:
    """Answers to a procedure: made up or out of its scenarios, cut to the path or not, then spoilt a little."""
    fields = [field for field in procedure.fields.values() if field.type.control != "note"]
    answers = {field.id: draw(answer_to(field)) for field in fields}
    examples = [scenario.answers for scenario in procedure.scenarios]
    if examples and draw(st.booleans()):
        answers |= copy.deepcopy(dict(draw(st.sampled_from(examples))))
    if draw(st.integers(0, 4)):
        answers = mended(draw, answers, procedure)
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
        spoil(draw, answers, procedure)
    return answers


def mended(draw: st.DrawFn, answers: dict[str, Any], procedure: Procedure) -> dict[str, Any]:
    """What has left the path is dropped, and what the form refuses answered anew or not at all."""
    for _ in range(ROUNDS):
        answers = copy.deepcopy(dict(walk(procedure, answers, TODAY).answers))
        wrong = {str(failure.path[0]) for failure in check_submission(procedure, answers, TODAY)}
        for name in sorted(wrong):
            field = procedure.fields.get(name)
            if name in answers and (field is None or draw(st.booleans())):
                del answers[name]
            elif field is not None:
                answers[name] = draw(answer_to(field))
    return copy.deepcopy(dict(walk(procedure, answers, TODAY).answers))


def spoil(draw: st.DrawFn, answers: dict[str, Any], procedure: Procedure) -> None:
    """Leave something out, answer something else, or answer what is not asked."""
    places = list(_places(answers))
    ways = ["other", "stranger", *(["gone", "junk"] if places else [])]
    match draw(st.sampled_from(ways)):
        case "gone":
            container, key = draw(st.sampled_from(places))
            del container[key]
        case "junk":
            container, key = draw(st.sampled_from(places))
            container[key] = copy.deepcopy(draw(JUNK))
        case "other":
            field = draw(st.sampled_from(list(procedure.fields.values())))
            answers[field.id] = draw(answer_to(field))
        case _:
            containers = [answers, *(one[key] for one, key in places if isinstance(one[key], dict))]
            draw(st.sampled_from(containers))["stranger"] = copy.deepcopy(draw(JUNK))


def _places(answers: Any) -> Any:
    """Every answer with what holds it."""
    keys = answers.keys() if isinstance(answers, dict) else range(len(answers)) if isinstance(answers, list) else ()
    for key in keys:
        yield answers, key
        yield from _places(answers[key])
