"""What a procedure costs: lines, reductions, limits and rounding of the whole, the day to pay by."""

from dataclasses import dataclass, field
from typing import Literal

from engine.expressions import Expression
from engine.model.prices import Price, Rounding, Series
from engine.model.review import RefusalReason
from engine.model.text import Text

DueAt = Literal["submission", "approval", "issue"]
RateOn = Literal["submitted", "paid", "issued"]
Several = Literal["largest", "all_in_order"]

DOWN = Rounding("down")
"""How what a waiver takes off is rounded where the author does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """A line charged once for each different group of the items of a list: those that agree in the properties `by`.

    Without `by` each item is a group of its own. `together`: shown as one line of the bill.
    """

    list: str
    by: tuple[str, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One line of the bill. `least` and `most` are the limits of its yen, after rounding."""

    id: str
    title: Text
    law: str
    account: str  # 歳入科目 code, "1201-03"
    unit: Text | None = None  # what is counted: 枚, 件
    when: Expression | None = None
    price: Price
    rounding: Rounding | None = None
    least: Series = ()
    most: Series = ()
    groups: Groups | None = None
    rate_on: RateOn = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverDecision:
    """How a person decides on a reduction that was asked for by answering yes to the field `asked`.

    `who` is the condition under which it may be asked for; None: everybody may. `parts` are the per cent that may be
    granted instead of the whole. `days` are business days of Tokyo. Refusing it names `reasons` (理由の提示) and how to
    appeal (教示).
    """

    asked: str
    who: Expression | None = None
    parts: tuple[int, ...] = ()
    days: int = 10
    two_people: bool = False
    reasons: tuple[RefusalReason, ...]
    appeal: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A reduction (減免) when its condition is known to hold: in per cent, or of so many yen.

    It takes from the lines named in `lines`, or from all. With `needs`, a clerk still has to accept the evidence; with
    a `decision`, it is asked for, and takes nothing until a person has granted it.
    """

    id: str
    title: Text
    law: str | None
    when: Expression
    why: Text = field(compare=False)
    percent: int | None = None
    yen: Series = ()
    rounding: Rounding = DOWN
    lines: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # ids of the file fields with the evidence
    decision: WaiverDecision | None = None

    @property
    def whole(self) -> int:
        """What granting it in full is, in per cent; of so many yen, those yen are 100."""
        return 100 if self.percent is None else self.percent

    @property
    def grants(self) -> tuple[int, ...]:
        """What a person may grant, in per cent, the whole first."""
        return (self.whole, *sorted(self.decision.parts if self.decision else (), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """The fees of a procedure. `pay_by` sees `today` as the day on which the fee is demanded; a date.

    The sum of the lines is kept between `least` and `most`, then reduced by waivers, then rounded.
    """

    due: DueAt
    pay_by: Expression
    lines: tuple[FeeLine, ...]
    waivers: tuple[Waiver, ...] = ()
    several: Several = "largest"
    least: Series = ()
    most: Series = ()
    rounding: Rounding | None = None
    refundable: bool = False

    @property
    def after_review(self) -> bool:
        """Whether it is demanded only when the case is approved."""
        return self.due != "submission"
