"""The two halves of a three-valued condition; what is in neither is unknown."""

from dataclasses import dataclass
from typing import Any

from engine.submission_schema.formulas import (
    ALWAYS,
    NOT_AT_ALL,
    UNSAYABLE,
    Formula,
    both,
    either,
    is_exact,
    opposite,
)
from engine.submission_schema.reach import Reach


@dataclass(frozen=True, slots=True)
class Truth:
    """When a condition is known to be true, and when it is known to be false."""

    true: Formula
    false: Formula

    @property
    def denied(self) -> "Truth":
        """Of the opposite."""
        return Truth(self.false, self.true)

    @property
    def known(self) -> Formula:
        """When it is known which."""
        return either(self.true, self.false)

    @property
    def exact(self) -> bool:
        """Whether JSON Schema can say both."""
        return is_exact(self.true) and is_exact(self.false)


def certain(formula: Formula) -> Truth:
    """Of what is never unknown."""
    return Truth(formula, opposite(formula))


def constant(value: bool) -> Truth:  # noqa: FBT001 - the truth itself
    """Of what was written out."""
    return Truth(ALWAYS, NOT_AT_ALL) if value else Truth(NOT_AT_ALL, ALWAYS)


def of_answer(reach: Reach, schema: dict[str, Any]) -> Truth:
    """That an answer is as `schema` wants; unknown while there is none."""
    return Truth(reach.says(schema), reach.says({"not": schema}))


def all_of(truths: list[Truth]) -> Truth:
    """Kleene's `and`."""
    return Truth(both(*(one.true for one in truths)), either(*(one.false for one in truths)))


def any_of(truths: list[Truth]) -> Truth:
    """Kleene's `or`."""
    return Truth(either(*(one.true for one in truths)), both(*(one.false for one in truths)))


def chosen(test: Truth, yes: Truth, no: Truth) -> Truth:
    """`yes if test else no`."""
    return Truth(
        either(both(test.true, yes.true), both(test.false, no.true)),
        either(both(test.true, yes.false), both(test.false, no.false)),
    )


UNSAID = Truth(UNSAYABLE, UNSAYABLE)
