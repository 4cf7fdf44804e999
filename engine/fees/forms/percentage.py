"""So many per cent of an amount, or of other lines of the bill (a surcharge)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine.expressions import Expression
from engine.expressions.compiling.arithmetic import calculate
from engine.fees.forms.base import Form, known, rate
from engine.fees.wording import words
from engine.model import Text
from engine.model.prices import Dated, Look, NoPrice, Path, Priced, Share

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Percentage(Form):
    """Of `base`, or of the sum of `lines`. `told` says in words of what."""

    shares: tuple[Share, ...]
    told: Text = field(compare=False)
    base: Expression | None = None
    lines: tuple[str, ...] = ()

    def of(self, look: Look) -> Priced:
        """The exact share; its rounding is the line's."""
        percent = rate(self.shares, look.day).percent
        exact = calculate(lambda base, share: base * share / HUNDRED, self._base(look), percent)
        if not isinstance(exact, Decimal):
            raise NoPrice
        return Priced(exact, rule=self._tell(percent))

    def tag(self, day: date) -> int | Text:
        """The percentage, and of what."""
        return self._tell(rate(self.shares, day).percent)

    def _tell(self, percent: Decimal) -> Text:
        return words("percent", of=self.told, percent=f"{percent.normalize():f}")

    def _base(self, look: Look) -> Decimal:
        if self.base is not None:
            return known(self.base, look)
        return Decimal(sum(look.yen.get(line, 0) for line in self.lines))

    def expressions(self) -> Iterable[tuple[Path, Expression]]:
        """What the share is of."""
        if self.base is not None:
            yield ("percent", "of"), self.base

    def series(self) -> Iterable[tuple[Path, Sequence[Dated]]]:
        """The percentages by date."""
        yield ("percent", "rate"), self.shares

    def rests_on(self) -> Sequence[str]:
        """The lines whose sum it is a share of."""
        return self.lines
