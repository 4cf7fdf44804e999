"""Pairs of versions and answers to the first of them, right and wrong."""

from hypothesis import strategies as st

from engine.model import Procedure
from tests.engine.versions.amending import NEW, ONE, version

KINDS = [
    "type: text",
    "type: text, maxLength: 2",
    "type: long_text",
    "type: integer",
    "type: integer, minimum: 5",
    "type: number",
    "type: boolean",
    "type: declaration",
    "type: date",
    "type: date, maximum: today",
    "type: email",
    "type: file",
    "type: choice, options: {x: 一, y: 二}",
    "type: choice, options: {z: {title: 三, was: x}, y: 二}",
    "type: choices, options: {x: 一, y: 二}",
    "type: array, items: {type: text}",
    "type: object, properties: {n: {type: text, title: 名}, m: {type: integer, title: 数}}",
    "type: object, properties: {k: {type: text, title: 名, was: n}, m: {type: text, title: 数}}",
    "type: array, items: {type: object, properties: {n: {type: text, title: 名}, f: {type: file, title: 紙}}}",
    "type: array, items: {type: object, properties: {k: {type: text, title: 名, was: n, maxLength: 1}}}",
]
NAMES = "abcd"
LEAF = st.sampled_from(["", "あ", "長い答え", "一\n二", "2026-01-01", "2027-01-01", "a@example.jp", "x", "y"]) | (
    st.booleans() | st.integers(-9, 9) | st.sampled_from([1.5, None])
)
ITEM = st.dictionaries(st.sampled_from(["n", "m", "k", "f", "?"]), LEAF | st.lists(st.sampled_from("pq"), max_size=2))
ANSWER = LEAF | ITEM | st.lists(LEAF | ITEM, max_size=3)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Procedure, Procedure]:
    """A version, and one where fields are gone, new, renamed or of another kind."""
    kinds = st.sampled_from(KINDS)
    old = {name: f"{draw(kinds)}, {ONE}" for name in NAMES if draw(st.booleans())} or {"a": f"type: text, {ONE}"}
    new = {}
    for name, body in old.items():
        body = draw(st.sampled_from([body, f"{draw(kinds)}, {ONE}"]))  # noqa: PLW2901 - the same field, amended
        fate = draw(st.sampled_from(["stays", "stays", "goes", "renamed"]))
        if fate == "stays":
            new[name] = body
        elif fate == "renamed":
            new[f"{name}2"] = f"{body}, was: {name}"
    new |= {"e": f"{draw(kinds)}, {ONE}"} if draw(st.booleans()) or not new else {}
    return version(old), version(new, NEW)


ANSWERS = st.dictionaries(st.sampled_from([*NAMES, "junk"]), ANSWER)
