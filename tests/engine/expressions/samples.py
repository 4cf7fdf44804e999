"""Names, answers and a day that the tests of expressions share."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.expressions import BOOLEAN, DATE, NUMBER, TEXT, Scope, Type, list_of, one_of, parse, record

DOG = record({"name": TEXT, "tagged": BOOLEAN, "age": NUMBER, "born": DATE, "sex": one_of(["male", "female"])})
NAMES: Mapping[str, Type] = {
    "who": one_of(["holder", "agent"]),
    "grade": one_of([1, 2, 3]),
    "kinds": list_of(one_of(["land", "house"])),
    "area": NUMBER,
    "yes": BOOLEAN,
    "no": BOOLEAN,
    "asked": BOOLEAN,
    "born": DATE,
    "name": TEXT,
    "home": record({"prefecture": TEXT, "city": TEXT}),
    "dogs": list_of(DOG),
    "cats": list_of(DOG),
}
TODAY = date(2026, 5, 1)
ANSWERS: Mapping[str, Any] = {
    "who": "agent",
    "grade": Decimal(2),
    "kinds": ["land"],
    "area": Decimal("12.5"),
    "yes": True,
    "no": False,
    "born": date(2000, 2, 29),
    "name": "葛󠄀城",
    "dogs": [
        {"name": "ポチ", "tagged": True, "age": Decimal(3), "born": date(2023, 5, 1), "sex": "male"},
        {"name": "ハナ", "tagged": False, "age": Decimal(1), "born": date(2025, 4, 30), "sex": "female"},
    ],
    "cats": [{"name": "タマ", "tagged": True}, {"name": "ミケ"}],
}


def value(source: str, answers: Mapping[str, Any] = ANSWERS, today: date = TODAY) -> Any:
    """What `source` is for these answers."""
    return parse(source, NAMES).evaluate(Scope(dict(answers), today))
