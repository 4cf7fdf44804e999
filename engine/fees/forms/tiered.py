"""First so many for so much, then each for so much: every tier prices only what falls into it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal

from engine.expressions import Expression
from engine.fees.forms.base import Form, known, rate, whole
from engine.fees.wording import words
from engine.model import Text
from engine.model.prices import Dated, Look, NoPrice, Path, Priced, Series

TIERS: Path = ("tiers",)


@dataclass(frozen=True, slots=True)
class Tier:
    """From where the tier before ends through `up_to` (None: without end).

    `per` units begun cost the rate each; without `per` the whole tier costs it once, as soon as it is reached.
    """

    up_to: int | None
    per: int | None
    rates: Series

    def follows(self, before: "Tier") -> bool:
        """Whether it can stand after `before`: that one ends, this one goes further, and is no first one itself."""
        if self.per is None or before.up_to is None:
            return False
        return self.up_to is None or self.up_to > before.up_to

    def cost(self, units: Decimal, rate: int) -> Decimal:
        """What `units` (> 0) that fall into this tier cost, in yen."""
        if self.per is None:
            return Decimal(rate)
        return (units / self.per).to_integral_value(ROUND_CEILING) * rate

    def tell(self, rate: int, unit: Text) -> Text:
        """The tier in words."""
        if self.up_to is None:
            return words("tier_then", per=self.per or 1, of=unit, yen=rate)
        if self.per is None:
            return words("tier_first", count=self.up_to, of=unit, yen=rate)
        return words("tier_each", count=self.up_to, per=self.per, of=unit, yen=rate)


@dataclass(frozen=True, slots=True)
class Tiered(Form):
    """Tiers in ascending order. What exceeds the last one has no price."""

    count: Expression
    tiers: tuple[Tier, ...]
    unit: Text = field(compare=False)

    def of(self, look: Look) -> Priced:
        """The sum over the tiers that are reached; units that are begun count as whole ones do."""
        count = known(self.count, look)
        exact, below, reached = Decimal(0), Decimal(0), 0
        for tier in self.tiers:
            if count <= below:
                break
            top = count if tier.up_to is None else min(count, Decimal(tier.up_to))
            exact += tier.cost(top - below, rate(tier.rates, look.day).amount)
            below, reached = top, reached + 1
        if count > below:
            raise NoPrice
        row = (*TIERS, reached - 1) if reached else None
        return Priced(exact, count=whole(count) or (1 if count else 0), rule=self._tell(reached, look.day), row=row)

    def tag(self, day: date) -> int | Text:
        """Every tier."""
        return self._tell(len(self.tiers), day) or Text("")

    def _tell(self, reached: int, day: date) -> Text | None:
        rule: Text | None = None
        for tier in self.tiers[:reached]:
            told = tier.tell(rate(tier.rates, day).amount, self.unit)
            rule = told if rule is None else words("tier_join", left=rule, right=told)
        return rule

    def expressions(self) -> Iterable[tuple[Path, Expression]]:
        """The count."""
        yield ("count",), self.count

    def series(self) -> Iterator[tuple[Path, Sequence[Dated]]]:
        """The rates of each tier."""
        for index, tier in enumerate(self.tiers):
            yield (*TIERS, index, "yen"), tier.rates

    def rows(self) -> Iterator[Path]:
        """Each tier."""
        yield from ((*TIERS, index) for index in range(len(self.tiers)))
