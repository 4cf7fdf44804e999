"""Limits leave room: a least value is not above the greatest."""

from engine.checks.subject import Subject
from engine.problems import Code

NO_ROOM = Code("no-room", example="name: {type: string, title: 名前, minLength: 5, maxLength: 3}")

PAIRS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minWords", "maxWords"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minFiles", "maxFiles"),
)


def check(subject: Subject) -> None:
    """Report each pair that no answer can satisfy."""
    for placed in subject.fields:
        limits = {**placed.field.settings, **placed.field.schema}
        for least, most in PAIRS:
            low, high = limits.get(least), limits.get(most)
            if _above(low, high):
                subject.problem(NO_ROOM, (*placed.path, least), least=least, low=low, most=most, high=high)


def _above(low: object, high: object) -> bool:
    """Days, months and times that are written out stand in the order of their texts."""
    if isinstance(low, int | float) and isinstance(high, int | float):
        return low > high
    return isinstance(low, str) and isinstance(high, str) and low > high
