"""What can be seen of a case: short questions to the database, each true for ever once it is true."""

from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from payments.models import Checkout, DayClosing, Receipt, ReceiptCopy, Refund
from procedures import drafts
from procedures.actors import Actor
from procedures.corrections import working
from procedures.models import (
    Application,
    Attachment,
    CaseMessage,
    Certificate,
    Decision,
    Proposal,
    StatusHistory,
)
from procedures.reading import casefile
from tests.crash.play import Holds


def happened(case: str, event: str, times: int = 1) -> Holds:
    """The event is in the history of the case so many times (or more)."""
    return there(StatusHistory.application_id == case, StatusHistory.event == event, of=StatusHistory.id, times=times)


def there(*conditions: ColumnElement[bool], of: object, times: int = 1, exactly: bool = False) -> Holds:
    """So many rows (or more) answer to the conditions."""
    query = select(func.count(of)).where(*conditions)

    def holds(session: Session) -> bool:
        found = session.scalar(query) or 0
        return found == times if exactly else found >= times

    return holds


def said(column: Any, value: str, *conditions: ColumnElement[bool], exactly: bool = False) -> Holds:
    """Such a text is kept; texts are sealed, so they are read and then compared. `exactly` once."""
    query = select(column).where(*conditions)

    def holds(session: Session) -> bool:
        found = list(session.scalars(query)).count(value)
        return found == 1 if exactly else found >= 1

    return holds


def answered(case: str, owner: str, field: str, value: object) -> Holds:
    """The answer stands in the draft, or in a submission of the case."""

    def holds(session: Session) -> bool:
        actor = _owner(session, case)
        if session.scalar(select(Application.round).where(Application.id == case)):
            return any(sent.answers.get(field) == value for sent in casefile.rounds(session, case).values())
        return bool(drafts.load(session, actor, case).answers.get(field) == value)

    return holds


def _owner(session: Session, case: str) -> Actor:
    owner = session.scalar(select(Application.owner).where(Application.id == case)) or ""
    kind, _, id = owner.partition(":")
    return Actor("resident" if kind == "person" else kind, id)


def corrected(case: str, field: str, value: object) -> Holds:
    """The corrected answer waits to be sent, or was sent."""

    def holds(session: Session) -> bool:
        if answered(case, "", field, value)(session):
            return True
        return bool(working.open_request(session, _owner(session, case), case).changes.get((field,)) == value)

    return holds


def written(case: str, words: str, *, exactly: bool = False) -> Holds:
    """Such a message; `exactly` once."""
    return said(CaseMessage.text, words, CaseMessage.application_id == case, exactly=exactly)


def attached(case: str, content: bytes) -> Holds:
    """A file with these bytes is kept; pictures are written anew, so its name says which."""
    name = f"{sha256(content).hexdigest()[:12]}.jpg"
    return said(Attachment.name, name, Attachment.application_id == case)


def claimed(case: str) -> Holds:
    """Somebody has it, or had it and proposed."""
    return there(Application.id == case, Application.claimed_by.is_not(None), of=Application.id)


def proposed(case: str, times: int = 1) -> Holds:
    """So many proposals."""
    return there(Proposal.application_id == case, of=Proposal.id, times=times)


def decided(case: str) -> Holds:
    """There is a decision."""
    return there(Decision.application_id == case, of=Decision.id)


def certified(case: str) -> Holds:
    """A certificate was issued."""
    return there(Certificate.application_id == case, Certificate.issued_at.is_not(None), of=Certificate.id)


def opened(charge: str) -> Holds:
    """A pay page of this charge is known."""
    return there(Checkout.charge_id == charge, Checkout.session_id.is_not(None), of=Checkout.id)


def refund_is(payment: str, *statuses: str) -> Holds:
    """A refund of this payment stands at one of these."""
    return there(Refund.payment_id == payment, Refund.status.in_(statuses), of=Refund.id)


def receipt_asked(charge: str) -> Holds:
    """A receipt has its number."""
    return there(Receipt.charge_id == charge, of=Receipt.id)


def receipt_made(charge: str) -> Holds:
    """And its file."""
    return there(
        ReceiptCopy.receipt_id.in_(select(Receipt.id).where(Receipt.charge_id == charge)),
        ReceiptCopy.made_at.is_not(None),
        of=ReceiptCopy.id,
    )


def closed(day: object) -> Holds:
    """The day is closed."""
    return there(DayClosing.day == day, of=DayClosing.day)


def status_is(case: str, *statuses: str) -> Holds:
    """Where the case stands now (not for ever)."""
    return there(Application.id == case, Application.status.in_(statuses), of=Application.id)
