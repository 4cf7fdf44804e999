"""Random expressions that are well typed, over the whole grammar and every function."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from engine.expressions import BOOLEAN, DATE, NUMBER, TEXT, UNKNOWN, list_of, one_of, record

ITEM = record({"flag": BOOLEAN, "size": NUMBER, "day": DATE, "word": TEXT})
NAMES = {
    "p": BOOLEAN,
    "q": BOOLEAN,
    "x": NUMBER,
    "y": NUMBER,
    "d": DATE,
    "e": DATE,
    "s": TEXT,
    "t": TEXT,
    "c": one_of(["a", "b"]),
    "ws": list_of(TEXT),
    "items": list_of(ITEM),
    "r": ITEM,
}
numbers = st.integers(-20, 20).map(Decimal)
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
words = st.text("ab0", max_size=3)
item = st.fixed_dictionaries({"flag": st.booleans(), "size": numbers, "day": days, "word": words})
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "p": st.booleans(),
    "q": st.booleans(),
    "x": numbers,
    "y": numbers,
    "d": days,
    "e": days,
    "s": words,
    "t": words,
    "c": st.sampled_from(["a", "b"]),
    "ws": st.lists(words, max_size=3),
    "items": st.lists(item, max_size=3),
    "r": item,
}
answers = st.fixed_dictionaries(VALUES)


def partly(known: dict[str, Any], silent: set[str], silent_inside: set[str]) -> dict[str, Any]:
    """The answers without some of them, and every item without some of its properties."""

    def less(one: dict[str, Any]) -> dict[str, Any]:
        return {name: UNKNOWN if name in silent_inside else value for name, value in one.items()}

    found = {name: value for name, value in known.items() if name not in silent}
    if "items" in found:
        found["items"] = [less(one) for one in found["items"]]
    return found | ({"r": less(found["r"])} if "r" in found else {})


class Grammar:
    """Strategies for the source of an expression of each type, at most so deep."""

    def __init__(self, *, monotone: bool) -> None:
        """`monotone`: without what asks whether something is known, or counts what is known."""
        self.monotone = monotone

    def of(self, kind: str, depth: int, inside: bool = False) -> st.SearchStrategy[str]:
        leaves = st.sampled_from([*LEAVES[kind], *(INSIDE[kind] if inside else [])])
        if depth == 0:
            return leaves
        forms = [form for form in FORMS[kind] if not self.monotone or not _asks_what_is_known(form[0])]
        return leaves | st.sampled_from(forms).flatmap(lambda form: self.filled(form, depth - 1, inside))

    def filled(self, form: tuple[str, str], depth: int, inside: bool) -> st.SearchStrategy[str]:
        """A form with its holes filled; holes in capitals stand inside a comprehension."""
        template, holes = form
        parts = [self.of(KINDS[hole.lower()], depth, inside or hole.isupper()) for hole in holes]
        return st.tuples(*parts).map(lambda filled: "(" + template.format(*filled) + ")")


def _asks_what_is_known(template: str) -> bool:
    return any(f"{name}(" in template for name in ("count", "answered", "total"))


KINDS = {"b": "boolean", "n": "number", "d": "date", "t": "text"}
LEAVES = {
    "boolean": [
        "p",
        "q",
        "r.flag",
        "True",
        "False",
        "(c == 'a')",
        "(c in ['a', 'b'])",
        "('a' in ws)",
        "any(i.flag for i in items)",
    ],
    "number": ["x", "y", "r.size", "0", "3", "2.5", "len(items)", "len(s)", "sum(i.size for i in items)"],
    "date": ["d", "e", "r.day", "today", "add_days(d, 3)"],
    "text": ["s", "t", "c", "r.word", "'a'", "digits(s)"],
}
INSIDE = {"boolean": ["i.flag"], "number": ["i.size"], "date": ["i.day"], "text": ["i.word"]}
FORMS: dict[str, list[tuple[str, str]]] = {
    "boolean": [
        ("{} and {}", "bb"), ("{} or {}", "bb"), ("not {}", "b"), ("{} if {} else {}", "bbb"), ("{} == {}", "bb"),
        ("{} is {}", "bb"), ("{} is not {}", "bb"), ("{} < {}", "nn"), ("{} <= {} < {}", "nnn"), ("{} != {}", "nn"),
        ("{} >= {}", "dd"), ("{} > '2020-01-01'", "d"), ("{} == {}", "tt"), ("{} in {}", "tt"), ("{} not in ws", "t"),
        ("{} in ({}, {})", "nnn"), ("{} not in [{}, {}]", "nnn"), ("[{}, {}] == [{}]", "nnn"),
        ("answered(x) or {}", "b"), ("not answered(r.size) and {}", "b"),
        ("any({} for i in items if {})", "BB"), ("all({} for i in items)", "B"), ("any([{}, {}])", "bb"),
        ("all([{}])", "b"), ("is_business_day({})", "d"), ("starts_with({}, {})", "tt"), ("ends_with({}, {})", "tt"),
        ("contains({}, {})", "tt"), ("alike({}, {})", "tt"),
    ],
    "number": [
        ("{} + {}", "nn"), ("{} - {}", "nn"), ("{} * {}", "nn"), ("{} / {}", "nn"), ("{} // {}", "nn"),
        ("{} % {}", "nn"), ("-{}", "n"), ("{} if {} else {}", "nbn"), ("abs({})", "n"), ("min({}, {})", "nn"),
        ("max({}, {})", "nn"), ("min([{}, {}])", "nn"), ("sum({} for i in items if {})", "NB"),
        ("max({} for i in items)", "N"), ("sum([{}, {}])", "nn"), ("total({}, {})", "nn"),
        ("total({} for i in items)", "N"), ("len([{} for i in items])", "N"),
        ("len(distinct({} for i in items))", "T"), ("len(distinct(ws))", ""), ("len({})", "t"),
        ("count({} for i in items)", "B"), ("count([{}, {}])", "bb"), ("round_down({})", "n"),
        ("round_up({}, {})", "nn"), ("round_half_up({}, 10)", "n"), ("per({}, {})", "nn"), ("age_on({}, {})", "dd"),
        ("days_between({}, {})", "dd"), ("business_days({}, {})", "dd"), ("months_between({}, {})", "dd"),
        ("months_started({}, {})", "dd"), ("calendar_months({}, {})", "dd"), ("years_between({}, {})", "dd"),
        ("fiscal_year({})", "d"), ("year({})", "d"), ("month({})", "d"), ("day({})", "d"), ("day_of_week({})", "d"),
    ],
    "date": [
        ("add_days({}, {})", "dn"), ("add_months({}, {})", "dn"), ("add_business_days({}, {})", "dn"),
        ("next_business_day({})", "d"), ("min({}, {})", "dd"), ("max({}, {})", "dd"), ("min({} for i in items)", "D"),
        ("{} if {} else {}", "dbd"),
    ],
    "text": [("{} if {} else {}", "tbt"), ("digits({})", "t")],
}  # fmt: skip
