"""A draft of somebody who has not signed in, gone on with on another device: by a code that is stored nowhere.

Whoever opened the code shares the one draft with the browser that made it, and both may go on. A new code, or none,
shuts the others out; the browser that made it never loses the draft.
"""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures import audit, jobs, library, lifecycle
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.keyring.owned import of
from procedures.models import Application, Draft, ResumeCode
from procedures.storing.fixed import Fixed
from procedures.submitting import audience

JOB = "resume.mail"
MAILS = 3
"""One code is mailed at most so often: our mails are nobody's way to pester others."""
LENGTH = 16
"""Characters of 32: 80 bits."""
_VISITOR = "visitor:"

_code, _application = ResumeCode.__table__, Application.__table__
_GRANTED = Fixed(
    select(_application.c.owner)
    .select_from(_application.join(_code))
    .where(_code.c.application_id == bindparam("case_id"), _code.c.code_hash == bindparam("hash"))
)


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a draft for the one who may see it. `opened`: on how many devices, last at `opened_at`."""

    text: str
    made_at: datetime
    mails_left: int
    opened: int
    opened_at: datetime | None


class NoMoreMails(Exception):
    """The code was mailed often enough."""


def code_text(secret: str, application_id: str, made_at: datetime) -> str:
    """The code follows from the site's secret and from when it was made."""
    made = hmac.digest(secret.encode(), f"resume:{application_id}:{made_at.isoformat()}".encode(), "sha256")
    return b32encode(made).decode("ascii").lower()[:LENGTH]


def grouped(code: str) -> str:
    """As people copy it: capitals, four by four."""
    return "-".join(code[place : place + 4].upper() for place in range(0, LENGTH, 4))


def hash_of(code: str) -> str:
    """How a code is remembered."""
    return sha256(code.encode()).hexdigest()


def make(session: Session, actor: Actor, now: datetime, application_id: str, secret: str) -> None:
    """A new code for one's draft; the one before, and the devices that it opened, do not open it any more.

    Raises `NotFound`, also for whoever signed in: their drafts are on every device where they do.
    """
    _own(session, actor, application_id)
    ended = delete(_code).where(_code.c.application_id == application_id).returning(_code.c.made_at)
    before = session.execute(ended).scalar_one_or_none()
    made_at = now if before is None else max(now, before + timedelta(microseconds=1))  # never the same code again
    row = {"application_id": application_id, "code_hash": hash_of(code_text(secret, application_id, made_at))}
    session.execute(insert(_code).values(**row, made_at=made_at, mailed=0, opened=0, opened_at=None))
    audit.record(session, actor, now, "draft.code_made", application_id)


def revoke(session: Session, actor: Actor, now: datetime, application_id: str) -> None:
    """No code any more; devices that it opened are shut out. Raises `NotFound`."""
    _own(session, actor, application_id)
    session.execute(delete(_code).where(_code.c.application_id == application_id))
    audit.record(session, actor, now, "draft.code_revoked", application_id)


def of_draft(session: Session, application_id: str, secret: str) -> Code | None:
    """The code of a draft, for who has loaded it."""
    row = session.execute(select(_code).where(_code.c.application_id == application_id)).one_or_none()
    if row is None:
        return None
    text = code_text(secret, application_id, row.made_at)
    return Code(text, row.made_at, MAILS - row.mailed, row.opened, row.opened_at)


def find(session: Session, code: str) -> Row[Any] | None:
    """The draft of a code, if it can still be opened."""
    query = (
        select(_application.c.id, _application.c.digest, _application.c.owner, Draft.updated_at, Draft.keep_days)
        .select_from(_application.join(_code).join(Draft.__table__))
        .where(_code.c.code_hash == hash_of(code), _application.c.status == Status.DRAFT.value)
    )
    return session.execute(query).one_or_none()


def open_with(session: Session, actor: Actor, now: datetime, code: str) -> str:
    """Open a draft by its code; answers its id. Raises `NotFound` for a code that opens nothing (any more).

    For a visitor it is shared; whoever signed in gets it into the account, and the code ends.
    """
    found = find(session, code)
    if found is None or found.updated_at + timedelta(days=found.keep_days) <= now:
        raise NotFound
    lifecycle.lock(session, found.id)
    audience.require(library.by_digest(session, found.digest), actor)
    if actor.kind == "visitor" or not found.owner.startswith(_VISITOR):
        counted = update(_code).where(_code.c.application_id == found.id)
        session.execute(counted.values(opened=_code.c.opened + 1, opened_at=now))
    else:
        session.execute(update(_application).where(_application.c.id == found.id).values(owner=actor.owner_key))
        session.execute(delete(_code).where(_code.c.application_id == found.id))
    audit.record(session, actor, now, "draft.code_used", found.id)
    return found.id


def granted(session: Session, application_id: str, code_hash: str) -> str | None:
    """The id of the visitor whose case a device may see that once opened it; None once the code is another."""
    row = _GRANTED.one_or_none(session, {"case_id": application_id, "hash": code_hash})
    return row.owner.removeprefix(_VISITOR) if row and row.owner.startswith(_VISITOR) else None


def mail(session: Session, actor: Actor, now: datetime, application_id: str, address: str) -> None:
    """Send the code to an address, which is also told before the draft goes. Raises `NotFound`, `NoMoreMails`."""
    _own(session, actor, application_id)
    mine = update(_code).where(_code.c.application_id == application_id, _code.c.mailed < MAILS)
    if session.execute(mine.values(mailed=_code.c.mailed + 1)).rowcount != 1:
        raise NoMoreMails
    session.execute(
        update(_application)
        .where(_application.c.id == application_id)
        .values(contact_email=of(application_id, address))
    )
    jobs.enqueue(session, now, JOB, {"application_id": application_id})


def _own(session: Session, actor: Actor, application_id: str) -> None:
    """The case, locked. Raises `NotFound` unless it is the draft of this visitor."""
    case = lifecycle.lock(session, application_id)
    if actor.kind != "visitor" or case.owner != actor.owner_key or case.status != Status.DRAFT:
        raise NotFound(application_id)
