"""What a procedure costs: lines, dated rates, waivers, the day to pay by."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.expressions import Expression
from engine.model.text import Text

DueAt = Literal["submission", "approval"]


@dataclass(frozen=True, slots=True)
class Rate:
    """`amount` yen for one unit, in force from the day `start` (Asia/Tokyo) until a later rate starts."""

    start: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One line of the bill: count × the rate in force."""

    id: str
    title: Text
    law: str
    account: str  # 歳入科目 code, "1201-03"
    count: Expression  # whole number ≥ 0
    when: Expression | None = None
    rates: tuple[Rate, ...]  # ascending by start


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A reduction (減免) of the whole fee, in per cent, when its condition is known to hold."""

    id: str
    title: Text
    law: str | None
    when: Expression
    percent: int
    needs: str | None = None  # id of the file field with the evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """The fees of a procedure. `pay_by` sees `today` as the day on which the fee is demanded; a date."""

    due: DueAt
    pay_by: Expression
    lines: tuple[FeeLine, ...]
    waivers: tuple[Waiver, ...] = ()
    refundable: bool = False
