"""Attempts to pay, as rows: begun before the provider is asked, completed with its answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from payments.checkouts.orders import freeze, order_key, thaw
from payments.demands.reading import payable
from payments.models import Charge, Checkout, CheckoutCharge
from payments.providers import CheckoutOrder, CheckoutState
from procedures import lifecycle
from procedures.models import Application, new_id

ALIVE = ("opening", "open", "waiting")
"""Through a checkout in these states money may still come."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row, with its `shares`: yen by the id of every charge that it is to pay, the first of them first.

    `order` is complete, with the e-mail address of the case unless it was begun through a pay link.
    """

    id: str
    shares: Mapping[str, int]
    number: int
    status: str
    session_id: str | None
    url: str | None
    order: CheckoutOrder
    link_id: str | None = None


class OwesOtherwise(Exception):
    """What the case owes is not what was to be paid: a charge has ended, or another was demanded, meanwhile."""


def latest(session: Session, charge_ids: Collection[str]) -> Attempt | None:
    """The newest attempt to pay any of these charges."""
    found = attempts_where(session, _is_for(charge_ids))
    return max(found, key=lambda attempt: attempt.number, default=None)


def alive(session: Session, charge_ids: Collection[str]) -> list[Attempt]:
    """Every attempt to pay any of these charges through which money may still come."""
    return attempts_where(session, _is_for(charge_ids), Checkout.status.in_(ALIVE))


def number_is_out(session: Session, charge_ids: Collection[str]) -> bool:
    """Whether a konbini number for any of these charges waits to be paid."""
    query = select(Checkout.id).where(_is_for(charge_ids), Checkout.status == "waiting").limit(1)
    return session.execute(query).first() is not None


def being_paid(session: Session, charge_ids: Collection[str]) -> bool:
    """Whether money for any of these charges may still come through a page or a number that is out."""
    query = select(Checkout.id).where(_is_for(charge_ids), Checkout.status.in_(ALIVE)).limit(1)
    return session.execute(query).first() is not None


def _is_for(charge_ids: Collection[str]) -> ColumnElement[bool]:
    named = select(CheckoutCharge.checkout_id).where(CheckoutCharge.charge_id.in_(charge_ids))
    return Checkout.id.in_(named)


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
    rows = session.execute(query).all()
    shares = shares_of(session, [row.id for row, _ in rows])
    return [_attempt(row, email, shares[row.id]) for row, email in rows]


def shares_of(session: Session, checkout_ids: Collection[str]) -> dict[str, dict[str, int]]:
    """What each checkout is to pay: yen by charge, the oldest charge first."""
    found: dict[str, dict[str, int]] = {checkout_id: {} for checkout_id in checkout_ids}
    query = (
        select(CheckoutCharge)
        .join(Charge, Charge.id == CheckoutCharge.charge_id)
        .where(CheckoutCharge.checkout_id.in_(found))
        .order_by(Charge.demanded_at, Charge.id)
    )
    for part in session.scalars(query):
        found[part.checkout_id][part.charge_id] = part.yen
    return found


def lock_charge(session: Session, charge_id: str) -> Charge:
    """The charge with its case, both locked, the case first: everybody locks in this order."""
    return lock_charges(session, [charge_id])[0]


def lock_charges(session: Session, charge_ids: Collection[str]) -> list[Charge]:
    """Charges of one case with it, all locked, the case first; oldest first."""
    owing = select(Charge.application_id).where(Charge.id.in_(charge_ids)).distinct()
    lifecycle.lock(session, session.execute(owing).scalar_one())
    query = select(Charge).where(Charge.id.in_(charge_ids)).order_by(Charge.demanded_at, Charge.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def begin(
    session: Session,
    now: datetime,
    provider: str,
    order: CheckoutOrder,
    after: Attempt | None,
    link_id: str | None = None,
) -> Attempt:
    """Write down the attempt before the provider is asked, `after` the newest that was seen.

    Where somebody else was quicker, theirs is the attempt. Raises `OwesOtherwise`.
    """
    lifecycle.lock(session, order.application_id)
    if {charge.id: charge.yen for charge in payable(session, order.application_id, now)} != order.shares:
        raise OwesOtherwise(order.application_id)
    newest = latest(session, order.shares)
    if newest is not None and (after is None or newest.number > after.number):
        return newest
    number = _next_number(session, order.application_id)
    order = replace(order, key=order_key(order.charge_id, number))
    row: dict[str, Any] = {
        "id": new_id(),
        "charge_id": order.charge_id,
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
    parts = [{"checkout_id": row["id"], "charge_id": id, "yen": yen} for id, yen in order.shares.items()]
    session.execute(insert(CheckoutCharge.__table__), parts)
    return Attempt(row["id"], order.shares, number, "opening", None, None, order, link_id)


def _next_number(session: Session, application_id: str) -> int:
    query = select(func.max(Checkout.attempt)).join(Charge, Charge.id == Checkout.charge_id)
    return (session.scalar(query.where(Charge.application_id == application_id)) or 0) + 1


def note_who(session: Session, charge_ids: Collection[str], link_id: str | None) -> None:
    """Keep who goes to the pay page now: the holder of a link, or the applicant (None)."""
    this = update(Checkout).where(_is_for(charge_ids), Checkout.status.in_(ALIVE))
    session.execute(this.values(last_link_id=link_id).execution_options(synchronize_session=False))


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


def _attempt(row: Checkout, email: str | None, shares: Mapping[str, int]) -> Attempt:
    order = thaw(row.order, shares, None if row.link_id else email)
    return Attempt(row.id, shares, row.attempt, row.status, row.session_id, row.url, order, row.link_id)
