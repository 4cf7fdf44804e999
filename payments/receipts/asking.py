"""Asking for a receipt: the first time it is numbered and fixed for ever, every later time it is a re-issue."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.fields.keyboards import has_control_character
from payments.checkouts.attempts import lock_charge
from payments.models import Charge, Receipt, ReceiptCopy
from payments.receipts.contents import frozen
from payments.receipts.reading import HANDED_OUT, is_cancelled, latest_copy
from payments.receipts.refunded import is_given_back, unchanged_since
from payments.receipts.sides import payer_link
from procedures import audit, jobs
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Application, new_id
from procedures.papers.numbers import reserve

LONGEST_NAME = 60
MOST_COPIES = 20


class NoName(Exception):
    """The name that the receipt is to be made out to (宛名) is missing, too long or not one line."""


class EnoughCopies(Exception):
    """It was issued so often that a person must look."""


def ask(
    session: Session, actor: Actor, now: datetime, charge_id: str, link_id: str | None, addressee: str, authority: str
) -> str:
    """The id of the copy that is being made or can be fetched; a job makes it after the commit.

    `addressee` counts the first time alone. The caller has checked that the actor owns the case, or holds the link.
    Raises `NotFound` (not paid, given back, the other side's receipt, or cancelled), `NoName`, `EnoughCopies`.
    """
    charge = lock_charge(session, charge_id)
    receipt = session.execute(select(Receipt).where(Receipt.charge_id == charge_id)).scalar_one_or_none()
    side = receipt.link_id if receipt else payer_link(session, now, charge)
    if charge.status != "paid" or side != link_id or (receipt and is_cancelled(session, receipt.id)):
        raise NotFound(charge_id)
    if receipt is None and is_given_back(session, charge):
        raise NotFound(charge_id)
    if receipt is None:
        receipt = _issue(session, now, charge, link_id, checked_name(addressee), authority)
        audit.record(session, actor, now, "receipt.issue", charge.application_id, note=receipt.number)
    last = latest_copy(session, receipt.id)
    fresh = last is not None and (last.made_at is None or now < last.made_at + HANDED_OUT)
    if last is not None and fresh and unchanged_since(session, charge_id, last.asked_at):
        return last.id
    return _copy(session, now, receipt.id, (last.number if last else 0) + 1)


def checked_name(text: str) -> str:
    """The name as it was written, less the spaces around it; names are never normalised. Raises `NoName`."""
    name = text.strip()
    if not name or len(name) > LONGEST_NAME or has_control_character(name):
        raise NoName
    return name


def _issue(
    session: Session, now: datetime, charge: Charge, link_id: str | None, addressee: str, authority: str
) -> Receipt:
    today = tokyo_day(now)
    query = select(Application.office, Application.procedure_id).where(Application.id == charge.application_id)
    case = session.execute(query).one()
    number = reserve(session, now, "receipt", case.office or case.procedure_id, charge.application_id, "receipt")
    receipt = Receipt(
        id=new_id(),
        charge_id=charge.id,
        link_id=link_id,
        number=number,
        addressee=addressee,
        contents=frozen(session, charge, number, addressee, today, authority, private=link_id is not None),
        issued_on=today,
        reserved_at=now,
    )
    session.add(receipt)
    session.flush()
    return receipt


def _copy(session: Session, now: datetime, receipt_id: str, number: int) -> str:
    if number > MOST_COPIES:
        raise EnoughCopies
    copy = ReceiptCopy(id=new_id(), receipt_id=receipt_id, number=number, asked_at=now)
    session.add(copy)
    session.flush()
    jobs.enqueue(session, now, "receipt.make", {"copy_id": copy.id}, key=f"receipt:{copy.id}")
    return copy.id
