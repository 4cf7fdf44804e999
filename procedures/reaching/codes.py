"""Proving that a telephone number is one's own: a six-digit code that was sent there.

The code itself is stored nowhere: it follows from the row's id and the site's secret, so that who reads the database
cannot confirm somebody else's number.
"""

import hmac
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.words import say
from procedures import audit, jobs
from procedures.actors import Actor
from procedures.channels import Channel
from procedures.channels.notice import Notice
from procedures.database import Database
from procedures.models import ContactCode, Person, new_id
from procedures.reaching.choices import confirm as own

SMS = "sms"
LIVES = timedelta(minutes=10)
MOST_TRIES = 5
DAY = timedelta(days=1)
MOST_A_DAY = 5
"""Codes for one person, and codes to one number, in a day: nobody is woken by a stranger's clicks."""


class TooManyCodes(Exception):
    """No further code today, for this person or to this number."""


def begin(session: Session, actor: Actor, now: datetime, number: str) -> str:
    """Queue a code to `number` (E.164); answers the code's id. Raises `TooManyCodes`."""
    recent = ContactCode.sent_at > now - DAY
    for mine in (ContactCode.person_id == actor.id, ContactCode.address == number):
        if session.execute(select(func.count()).where(mine, recent)).scalar_one() >= MOST_A_DAY:
            raise TooManyCodes
    code_id = new_id()
    session.add(ContactCode(id=code_id, person_id=actor.id, channel=SMS, address=number, sent_at=now, tries=0))
    session.flush()
    jobs.enqueue(session, now, "reach.code", {"code_id": code_id})
    return code_id


def waiting(session: Session, actor: Actor, now: datetime) -> ContactCode | None:
    """The code that can be entered now: the latest one, while it lives and tries are left."""
    query = select(ContactCode).where(ContactCode.person_id == actor.id).order_by(ContactCode.sent_at.desc()).limit(1)
    row = session.execute(query).scalar_one_or_none()
    alive = row is not None and row.used_at is None and row.sent_at > now - LIVES and row.tries < MOST_TRIES
    return row if alive else None


def confirm(session: Session, actor: Actor, now: datetime, typed: str, secret: str) -> bool:
    """Whether the code is right; the number is then confirmed and chosen. Every try counts, right or wrong."""
    row = waiting(session, actor, now)
    if row is None:
        return False
    this = update(ContactCode).where(ContactCode.id == row.id, ContactCode.tries < MOST_TRIES)
    if session.execute(this.values(tries=ContactCode.tries + 1)).rowcount != 1:
        return False
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", typed[:40]) if letter.isdecimal())
    if not hmac.compare_digest(digits.encode(), code_of(row.id, secret).encode()):
        return False
    session.execute(update(ContactCode).where(ContactCode.id == row.id).values(used_at=now))
    own(session, actor, now, SMS, row.address)
    audit.record(session, actor, now, "contact.confirm", actor.id, note=SMS)
    return True


def code_of(code_id: str, secret: str) -> str:
    """The six digits of a code."""
    proof = hmac.digest(secret.encode(), b"contact-code:" + code_id.encode(), "sha256")
    return f"{int.from_bytes(proof[:8]) % 1_000_000:06}"


def handler(channels: Mapping[str, Channel], secret: str) -> jobs.Handler:
    """The handler of `reach.code` jobs. What is too old to be entered is not sent any more."""

    def send(database: Database, job: jobs.ClaimedJob, now: datetime) -> None:
        with database.read() as session:
            row = session.get_one(ContactCode, job.payload["code_id"])
            language = session.get_one(Person, row.person_id).language
        channel = channels.get(row.channel)
        if channel is None or row.sent_at <= now - LIVES:
            return
        code = code_of(row.id, secret)
        words = say("reach.code_message", language, code=f"{code[:3]} {code[3:]}")
        channel.send(Notice(job.id, language, words, words, (), "", ""), row.address)

    return send
