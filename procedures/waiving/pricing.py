"""What a case costs after what was decided on its reductions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from engine import fees
from engine.fees import Days, FeeQuote
from engine.journey import Journey, walk
from engine.model import Procedure, Waiver
from procedures.days import tokyo_day
from procedures.models import WaiverRequest
from procedures.reading import casefile
from procedures.storing.fixed import Fixed

_table = WaiverRequest.__table__
_DECIDED = Fixed(
    select(_table.c.waiver_id, _table.c.percent, _table.c.quote)
    .where(_table.c.application_id == bindparam("case_id"), _table.c.decided_at.is_not(None))
    .order_by(_table.c.decided_at, _table.c.id)
)


def granted(session: Session, application_id: str) -> dict[str, int]:
    """What was decided so far: by id of a reduction the per cent that were granted, the newest decision last."""
    return {row.waiver_id: row.percent for row in _DECIDED.all(session, {"case_id": application_id})}


def waiver_of(procedure: Procedure, waiver_id: str) -> Waiver:
    """The reduction of that name."""
    return next(one for one in (procedure.fees.waivers if procedure.fees else ()) if one.id == waiver_id)


def journey_of(session: Session, procedure: Procedure, case: Row[Any], today: date) -> Journey:
    """The way of the answers that were submitted last, on `today`."""
    return walk(procedure, casefile.submission(session, case.id).answers, today)


def price(
    session: Session, procedure: Procedure, case: Row[Any], decided: Mapping[str, int], today: date
) -> FeeQuote | None:
    """The price of the newest submission by what was decided, at the rates of its day.

    Those of the day of payment are taken to be of `today`, when it is demanded. Raises engine's `NoRate` and
    `UnknownFee`.
    """
    submitted = tokyo_day(case.submitted_at)
    journey = journey_of(session, procedure, case, submitted)
    return fees.quote(procedure, journey, Days(submitted, paid=today), decided)


def payable_until(session: Session, procedure: Procedure, case: Row[Any], today: date) -> date:
    """The last day (Tokyo) to pay what is demanded `today`. Raises engine's `UnknownFee`."""
    return fees.pay_by(procedure, journey_of(session, procedure, case, tokyo_day(case.submitted_at)), today)


def after_decisions(
    procedure: Procedure,
    answers: Mapping[str, Any],
    frozen: FeeQuote | None,
    submitted: date,
    decided: Mapping[str, int],
) -> FeeQuote | None:
    """The frozen price, or what it is by what was decided; without a decision it is the frozen one itself."""
    if not decided or frozen is None:
        return frozen
    return fees.quote(procedure, walk(procedure, answers, submitted), submitted, decided)
