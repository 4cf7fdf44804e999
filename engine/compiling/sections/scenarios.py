"""The examples of a procedure."""

from collections.abc import Iterable

from engine.language.kinds import Part
from engine.model import Expectation, Scenario

NEEDED = {"name", "on", "answers", "expect"}


def build(parts: Iterable[Part]) -> tuple[Scenario, ...]:
    """The scenarios that are whole, each with the line where it begins."""
    return tuple(_one(part) for part in parts if part.values.keys() >= NEEDED)


def _one(part: Part) -> Scenario:
    expected = part.get("expect")
    return Scenario(
        name=part.get("name"),
        on=part.get("on"),
        answers=part.get("answers"),
        expect=Expectation(
            steps=expected.get("steps"),
            fee=expected.get("fee"),
            lines=expected.get("lines", {}),
            pay_by=expected.get("pay_by"),
            office=expected.get("office"),
            stop=expected.get("stop"),
            warnings=expected.get("warnings"),
            errors=expected.get("errors", ()),
            asked=expected.get("asked"),
            fee_if_granted=expected.get("fee_if_granted"),
        ),
        line=part.node.line,
        paid_on=part.get("paid_on"),
        issued_on=part.get("issued_on"),
        granted=part.get("granted", {}),
    )
