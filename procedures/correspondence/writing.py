"""Writing a message, and saying that one needs no answer."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures import audit, lifecycle, notices
from procedures.actors import Actor
from procedures.authority import may
from procedures.correspondence import rules
from procedures.errors import MessageRefused, NotFound
from procedures.models import Application, CaseMessage
from procedures.models.sealed import sealed_row

_message = CaseMessage.__table__


def from_applicant(session: Session, actor: Actor, now: datetime, application_id: str, text: str, nonce: str) -> bool:
    """Write to the office; False where this form has sent the same words already (`nonce` is the form's).

    The case does not change, and its clock runs on. Raises `NotFound` for a draft, a missing case and another's, and
    `MessageRefused`.
    """
    case = lifecycle.lock(session, application_id)
    if case.round == 0 or case.owner != actor.owner_key:
        raise NotFound(application_id)
    return _write(session, actor, now, case, rules.APPLICANT, text, nonce)


def from_office(
    session: Session, actor: Actor, now: datetime, application_id: str, text: str, nonce: str, seen: int = 0
) -> bool:
    """Write to the applicant, who gets a notice; it answers the messages up to number `seen`, those the writer saw.

    Returns and raises as `from_applicant`; `NotFound` for another office's case.
    """
    case = _of_office(session, actor, application_id)
    if not _write(session, actor, now, case, rules.OFFICE, text, nonce):
        return False
    _settle(session, now, application_id, seen)
    notices.queue(session, now, "message_from_office", application_id)
    return True


def settle(session: Session, actor: Actor, now: datetime, application_id: str, seen: int) -> None:
    """The applicant's messages up to number `seen` need no answer. Raises `NotFound`."""
    _of_office(session, actor, application_id)
    if _settle(session, now, application_id, seen):
        audit.record(session, actor, now, "message.settle", application_id, note=str(seen))


def _of_office(session: Session, actor: Actor, application_id: str) -> Row[Any]:
    case = lifecycle.lock(session, application_id)
    if case.round == 0 or not may(actor, "message.write", case):
        raise NotFound(application_id)
    return case


def _write(session: Session, actor: Actor, now: datetime, case: Row[Any], side: str, text: str, nonce: str) -> bool:
    words = f"{actor.key}\n{nonce}\n{text}"
    once = f"{case.id}:{sha256(words.encode()).hexdigest()}"
    if session.execute(select(CaseMessage.number).where(CaseMessage.once == once)).first():
        return False
    _check(session, now, case, side, text)
    row = {
        "application_id": case.id,
        "side": side,
        "author": actor.key,
        "text": text,
        "at": now,
        "once": once,
        "read_at": None,
        "settled_at": now if side == rules.OFFICE else None,
    }
    number = session.execute(
        insert(_message).returning(_message.c.number), sealed_row(case.id, _message, row)
    ).scalar_one()
    audit.record(session, actor, now, "message.write", case.id, note=str(number))
    return True


def _check(session: Session, now: datetime, case: Row[Any], side: str, text: str) -> None:
    if side == rules.APPLICANT:
        changed = select(Application.status_changed_at).where(Application.id == case.id)
        until = rules.open_until(session, case.id, Status(case.status), session.execute(changed).scalar_one())
        if until is not None and until < now:
            raise MessageRefused("over")
    if not text:
        raise MessageRefused("empty")
    if len(text) > rules.LONGEST:
        raise MessageRefused("long")
    if rules.written_today(session, now, case.id, side) >= rules.A_DAY:
        raise MessageRefused("many")


def _settle(session: Session, now: datetime, application_id: str, seen: int) -> int:
    waiting = update(_message).where(
        _message.c.application_id == application_id, _message.c.settled_at.is_(None), _message.c.number <= seen
    )
    return session.execute(waiting.values(settled_at=now)).rowcount
