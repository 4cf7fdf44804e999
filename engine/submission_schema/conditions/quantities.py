"""What holds of some, of all, of so many items of a list, as `contains` and `items` say it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.submission_schema.conditions.truth import Truth
from engine.submission_schema.formulas import (
    UNSAYABLE,
    Constant,
    Formula,
    Level,
    both,
    either,
    is_exact,
    opposite,
)
from engine.submission_schema.placing import MOST_CASES, assigned, cases, outer_part, schema_of
from engine.submission_schema.reach import Reach

Quantified = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a list that count: those of which `test` is true; `truth` is what is asked of each.

    `level` is the object in which the formulas of one item are read. An item of which it is unknown whether it counts
    makes `any` and `all` unknown where nothing else decides, and is not counted by `count`.
    """

    reach: Reach
    level: Level
    test: Truth
    truth: Truth

    def told(self, number: Formula) -> Formula:
        """What is said of their number, which nobody knows of a list that is not answered."""
        return both(self.reach.known, number) if isinstance(number, Constant) else number

    def any(self) -> Truth:
        """Whether it holds of one that counts."""
        return Truth(self._some(self._yes), self._each(self._no))

    def all(self) -> Truth:
        """Whether it holds of all that count."""
        refuted = both(self.test.true, self.truth.false)
        kept = either(self.test.false, both(self.test.true, self.truth.true))
        return Truth(self._each(kept), self._some(refuted))

    def counted(self, low: int, high: int | None) -> Formula:
        """That so many count and hold; only of a list that is answered."""
        if high is not None and high < low:
            return Constant(value=False)
        few = {} if high is None else {"maxContains": max(high, 0)}
        if high is not None and high < 0:
            return Constant(value=False)
        return self._quantify(self._yes, lambda schema: {"contains": schema, "minContains": max(low, 0), **few})

    def not_counted(self, low: int, high: int | None) -> Formula:
        """That fewer or more do."""
        fewer = self.counted(0, low - 1) if low > 0 else Constant(value=False)
        if high is not None and high < low:
            return Constant(value=True)
        more = Constant(value=False) if high is None else self.counted(max(high, -1) + 1, None)
        return either(fewer, more)

    @property
    def all_tested(self) -> Formula:
        """That of every item it is known whether it counts, and of those that do, its value."""
        return self._each(either(self.test.false, both(self.test.true, self.truth.known)))

    @property
    def _yes(self) -> Formula:
        return both(self.test.true, self.truth.true)

    @property
    def _no(self) -> Formula:
        return either(self.test.false, both(self.test.true, self.truth.false))

    def _some(self, formula: Formula) -> Formula:
        return self._quantify(formula, lambda schema: {"contains": schema})

    def _each(self, formula: Formula) -> Formula:
        return self._quantify(formula, lambda schema: {"items": schema})

    def _quantify(self, formula: Formula, quantified: Quantified) -> Formula:
        """`formula` is of each item; what it says of anything outside is told apart, case by case."""
        if not is_exact(formula) or cases(formula, self.level) > MOST_CASES:
            return UNSAYABLE
        outer = outer_part(formula, self.level)
        if outer is None:
            return self.reach.says(quantified(schema_of(formula)))
        ways = [self._quantify(assigned(formula, outer, value), quantified) for value in (True, False)]
        return either(both(outer, ways[0]), both(opposite(outer), ways[1]))
