"""What a submitted case owes when it is approved: the frozen price, or one at the rates of that day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import fees
from engine.fees import Days, FeeQuote
from engine.fees.waiving import NOTHING, Granted
from engine.journey import walk
from engine.model import Procedure


@dataclass(frozen=True, slots=True)
class Owed:
    """What is demanded on approval, and the last day (Tokyo) to pay it."""

    quote: FeeQuote
    pay_by: date


def owed_on_approval(
    procedure: Procedure,
    answers: Mapping[str, Any],
    frozen: FeeQuote | None,
    submitted_on: date,
    today: date,
    granted: Granted = NOTHING,
) -> Owed | None:
    """What is owed if it is approved `today`; None where nothing is, or it was due at submission.

    The price is the one frozen on submission, unless the day of payment or issue selects a rate, or a reduction was
    decided (`granted`): then it is found again, and it is payable only as long as that rate holds. Raises `NoRate` and
    `UnknownFee`.
    """
    if procedure.fees is None or not procedure.fees.after_review or frozen is None:
        return None
    price: FeeQuote | None = frozen
    if frozen.rate_days or granted:
        days = Days(submitted_on, paid=today, issued=today)
        price = fees.quote(procedure, walk(procedure, answers, submitted_on), days, granted)
    if price is None or not price.total:
        return None
    return Owed(price, fees.pay_by(procedure, walk(procedure, answers, today), today))
