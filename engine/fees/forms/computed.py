"""An amount that an expression gives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from engine.expressions import Expression
from engine.fees.forms.base import Form, known
from engine.fees.wording import words
from engine.model import Text
from engine.model.prices import Look, Path, Priced


@dataclass(frozen=True, slots=True)
class Computed(Form):
    """`told` says the expression in words."""

    amount: Expression
    told: Text = field(compare=False)

    def of(self, look: Look) -> Priced:
        """The number itself, in yen."""
        return Priced(known(self.amount, look), rule=words("amount", amount=self.told))

    def tag(self, day: date) -> int | Text:
        """How it is found."""
        return words("amount", amount=self.told)

    def expressions(self) -> Iterable[tuple[Path, Expression]]:
        """The amount."""
        yield ("amount",), self.amount
