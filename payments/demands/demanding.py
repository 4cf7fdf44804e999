"""Demanding a charge (調定): the charge, and its posting, from a frozen quote."""

from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from payments.days import end_of
from payments.demands.quotes import keep_lines, shares
from payments.ledger import Entry, post, receivable, revenue
from payments.ledger.accounts import open_revenue_accounts
from payments.models import Charge
from payments.views import Purpose
from procedures import audit
from procedures.actors import Actor
from procedures.days import fiscal_year, tokyo_day
from procedures.models import Application, Person, new_id


def demand(
    session: Session, actor: Actor, now: datetime, application_id: str, purpose: Purpose, quote: FeeQuote, pay_by: date
) -> str:
    """Demand what the frozen quote says, payable until the end of `pay_by` (Tokyo); answers the charge's id.

    The database refuses a second active charge of the same case and purpose (IntegrityError). The fiscal year is the
    one of the demand (地方自治法第208条, 地方自治法施行令第142条).
    """
    today = tokyo_day(now)
    row = {
        "id": new_id(),
        "application_id": application_id,
        "purpose": purpose,
        "status": "demanded",
        "yen": quote.total,
        "waived_yen": quote.waived_yen,
        "lines": keep_lines(quote),
        "payer": _name_of_owner(session, application_id),
        "fiscal_year": fiscal_year(today),
        "demanded_at": now,
        "due_on": pay_by,
        "due_at": end_of(pay_by),
    }
    session.execute(insert(Charge.__table__), row)
    _post(session, now, row["id"], quote, today)
    audit.record(session, actor, now, "charge.demand", application_id, note=f"{purpose} {quote.total}")
    return row["id"]


def _post(session: Session, now: datetime, charge_id: str, quote: FeeQuote, today: date) -> None:
    open_revenue_accounts(session, {line.account: line.title.ja for line in quote.lines})
    parts = shares(quote.lines, quote.total)
    entries = [Entry(receivable(account), revenue(account), yen) for account, yen in parts.items()]
    year = fiscal_year(today)
    post(session, now, "demand", f"demand:{charge_id}", entries, day=today, fiscal_year=year, charge_id=charge_id)


def _name_of_owner(session: Session, application_id: str) -> str:
    owner = session.execute(select(Application.owner).where(Application.id == application_id)).scalar_one()
    person = owner.removeprefix("person:")
    return session.scalar(select(Person.name).where(Person.id == person)) or ""
