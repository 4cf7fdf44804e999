"""Attempts to pay, as rows: begun before the provider is asked, completed with its answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from payments.checkouts.orders import freeze, thaw
from payments.models import Charge, Checkout
from payments.providers import CheckoutOrder, CheckoutState
from procedures import lifecycle
from procedures.models import Application, new_id

ALIVE = ("opening", "open", "waiting")
"""Through a checkout in these states money may still come."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row. `order` is complete, with the e-mail address of the case unless it was begun through a pay link."""

    id: str
    charge_id: str
    number: int
    status: str
    session_id: str | None
    url: str | None
    order: CheckoutOrder
    link_id: str | None = None


class AlreadyEnded(Exception):
    """The charge is paid, lapsed or cancelled: there is nothing to pay any more."""


def latest(session: Session, charge_id: str) -> Attempt | None:
    """The newest attempt to pay a charge."""
    found = attempts_where(session, Checkout.charge_id == charge_id)
    return max(found, key=lambda attempt: attempt.number, default=None)


def alive(session: Session, charge_id: str) -> list[Attempt]:
    """Every attempt of a charge through which money may still come."""
    return attempts_where(session, Checkout.charge_id == charge_id, Checkout.status.in_(ALIVE))


def attempts_where(session: Session, *conditions: ColumnElement[bool], limit: int | None = None) -> list[Attempt]:
    """The attempts that meet every condition, the longest unasked first; at most `limit`."""
    query = (
        select(Checkout, Application.contact_email)
        .join(Charge, Charge.id == Checkout.charge_id)
        .join(Application, Application.id == Charge.application_id)
        .where(*conditions)
        .order_by(Checkout.checked_at.nulls_first(), Checkout.opened_at, Checkout.attempt)
        .limit(limit)
    )
    return [_attempt(row, email) for row, email in session.execute(query)]


def lock_charge(session: Session, charge_id: str) -> Charge:
    """The charge with its case, both locked, the case first: everybody locks in this order."""
    application_id = session.execute(select(Charge.application_id).where(Charge.id == charge_id)).scalar_one()
    lifecycle.lock(session, application_id)
    query = select(Charge).where(Charge.id == charge_id).with_for_update().execution_options(populate_existing=True)
    return session.execute(query).scalar_one()


def begin(
    session: Session, now: datetime, provider: str, order: CheckoutOrder, number: int, link_id: str | None = None
) -> Attempt:
    """Write down the attempt before the provider is asked. Where somebody else was quicker, theirs is the attempt.

    Raises `AlreadyEnded`.
    """
    charge = lock_charge(session, order.charge_id)
    if charge.status != "demanded" or charge.due_at <= now:
        raise AlreadyEnded(charge.status)
    newest = latest(session, charge.id)
    if newest is not None and newest.number >= number:
        return newest
    row: dict[str, Any] = {
        "id": new_id(),
        "charge_id": charge.id,
        "attempt": number,
        "provider": provider,
        "status": "opening",
        "order": freeze(order),
        "opened_at": now,
        "expires_at": order.expires_at,
        "link_id": link_id,
        "last_link_id": link_id,
    }
    session.execute(insert(Checkout.__table__), row)
    return Attempt(row["id"], charge.id, number, "opening", None, None, order, link_id)


def note_who(session: Session, charge_id: str, link_id: str | None) -> None:
    """Keep who goes to the pay page now: the holder of a link, or the applicant (None)."""
    this = update(Checkout.__table__).where(
        Checkout.__table__.c.charge_id == charge_id, Checkout.__table__.c.status.in_(ALIVE)
    )
    session.execute(this.values(last_link_id=link_id))


def note_state(session: Session, now: datetime, attempt_id: str, state: CheckoutState) -> None:
    """Keep what the provider said of this attempt. One that ended stays ended: answers may arrive out of order."""
    values = {
        "session_id": state.id,
        "status": status_of(state),
        "url": state.url,
        "waiting_until": state.waiting_until,
        "checked_at": now,
    }
    mine = update(Checkout.__table__).where(Checkout.__table__.c.id == attempt_id)
    session.execute(mine.where(Checkout.__table__.c.status.in_(ALIVE)).values(values))


def give_up(session: Session, now: datetime, attempt_id: str) -> None:
    """An attempt that the provider never opened."""
    mine = update(Checkout.__table__).where(
        Checkout.__table__.c.id == attempt_id, Checkout.__table__.c.status == "opening"
    )
    session.execute(mine.values(status="expired", checked_at=now))


def status_of(state: CheckoutState) -> str:
    """The provider's state in our words."""
    if state.taken is not None:
        return "paid"
    if state.waiting_until is not None:
        return "waiting"
    return "open" if state.status == "open" else "expired"


def _attempt(row: Checkout, email: str | None) -> Attempt:
    order = thaw(row.order, None if row.link_id else email)
    return Attempt(row.id, row.charge_id, row.attempt, row.status, row.session_id, row.url, order, row.link_id)
