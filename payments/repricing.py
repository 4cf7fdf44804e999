"""The price found again when it is paid: where the procedure says that the day of payment selects the rate."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import fees
from engine.fees import Days, FeeQuote
from engine.journey import walk
from payments.demands.demanding import demand
from payments.demands.reading import payable
from payments.endings import cancel
from payments.models import Charge
from payments.views import ChargeView
from procedures import library, lifecycle
from procedures.actors import SYSTEM
from procedures.days import tokyo_day
from procedures.models import Application
from procedures.reading import casefile
from procedures.waiving.pricing import granted

PAID = "paid"


def price_of(session: Session, charge: ChargeView, today: date) -> FeeQuote | None:
    """What the charge comes to if it is paid `today`, where its lines cost something else than was demanded.

    Lines at the rate of the submission or the issue stay as they were frozen: that is what those dates mean. Raises
    `NoRate` where no rate is in force: there is no default fee.
    """
    if all(line.rate_on != PAID for line in charge.lines):
        return None
    query = select(Application.digest, Application.submitted_at).where(Application.id == charge.application_id)
    case = session.execute(query).one()
    procedure, submitted_on = library.by_digest(session, case.digest), tokyo_day(case.submitted_at)
    journey = walk(procedure, casefile.submission(session, charge.application_id).answers, submitted_on)
    demanded_on = tokyo_day(charge.demanded_at)
    days = Days(submitted_on, paid=today, issued=demanded_on if charge.purpose == "approval" else None)
    price = fees.quote(procedure, journey, days, granted(session, charge.application_id))
    if price is None or sum(line.yen for line in price.lines) == sum(line.yen for line in charge.lines):
        return None
    return price


def has_changed(session: Session, application_id: str, now: datetime) -> bool:
    """Whether something that the case owes costs something else today."""
    owed = payable(session, application_id, now)
    return any(price_of(session, charge, tokyo_day(now)) is not None for charge in owed)


def reprice(session: Session, now: datetime, application_id: str) -> None:
    """Demand anew, at today's price, what costs something else today; the former demands are cancelled."""
    lifecycle.lock(session, application_id)
    today = tokyo_day(now)
    for charge in payable(session, application_id, now):
        price = price_of(session, charge, today)
        if price is None:
            continue
        if not price.total:
            raise RuntimeError("a fee that was demanded has come to nothing: a person must look")
        cancel(session, now, session.get_one(Charge, charge.id, with_for_update=True))
        demand(session, SYSTEM, now, application_id, charge.purpose, price, _pay_by(session, application_id, today))


def _pay_by(session: Session, application_id: str, today: date) -> date:
    digest = session.execute(select(Application.digest).where(Application.id == application_id)).scalar_one()
    procedure = library.by_digest(session, digest)
    answers = casefile.submission(session, application_id).answers
    return fees.pay_by(procedure, walk(procedure, answers, today), today)
