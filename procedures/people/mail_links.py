"""Links to sign in that were sent by mail: how many may be asked for, and which can still be used, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from procedures import jobs
from procedures.models import MailLink, new_id

LIVES = timedelta(minutes=15)
WITHIN = timedelta(hours=1)
PER_ADDRESS = 5
PER_SOURCE = 30
TRIES = 5  # at the code of one link
KEPT = timedelta(days=1)
JOB = "sign_in.mail"


class TooManyAsked(Exception):
    """From this source too many links were asked for within the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks: the address, hashes of the browser's cookie and of where it asks from, where it wants to go."""

    address: str
    browser: str
    source: str
    then: str
    language: str


def ask(session: Session, now: datetime, asked: Asked) -> None:
    """Queue a mail with a link. Nothing happens, and nothing is told, where the address was sent enough already.

    Raises `TooManyAsked` for the source.
    """
    session.execute(delete(MailLink).where(MailLink.asked_at <= now - KEPT))
    if _count(session, now, MailLink.source == asked.source) >= PER_SOURCE:
        raise TooManyAsked
    to_address = _count(session, now, MailLink.address == asked.address)
    row = MailLink(id=new_id(), **_facts(asked), asked_at=now, expires_at=now + LIVES, tries=0)
    session.add(row)
    session.flush()
    if to_address < PER_ADDRESS:
        jobs.enqueue(session, now, JOB, {"link": row.id}, key=f"{JOB}:{row.id}")


def _facts(asked: Asked) -> dict[str, str]:
    return {name: getattr(asked, name) for name in ("address", "browser", "source", "then", "language")}


def _count(session: Session, now: datetime, which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(MailLink).where(which, MailLink.asked_at > now - WITHIN)
    return session.execute(query).scalar_one()


def still_open(session: Session, now: datetime, link_id: str) -> MailLink | None:
    """The link if it can still be used."""
    return session.scalars(select(MailLink).where(MailLink.id == link_id, _open(now))).one_or_none()


def newest_of(session: Session, now: datetime, browser: str) -> MailLink | None:
    """The newest link that this browser asked for, of those open whose code was not guessed at too often."""
    query = select(MailLink).where(MailLink.browser == browser, _open(now), MailLink.tries < TRIES)
    return session.scalars(query.order_by(MailLink.asked_at.desc(), MailLink.id).limit(1)).one_or_none()


def wrong_code(session: Session, link_id: str) -> None:
    """Count a try."""
    session.execute(update(MailLink).where(MailLink.id == link_id).values(tries=MailLink.tries + 1))


def use(session: Session, now: datetime, link_id: str, browser: str) -> bool:
    """Use it up: true for one caller alone, in the browser that asked for it."""
    mine = update(MailLink).where(MailLink.id == link_id, MailLink.browser == browser, _open(now))
    return len(session.scalars(mine.values(used_at=now).returning(MailLink.id)).all()) == 1


def _open(now: datetime) -> ColumnElement[bool]:
    return MailLink.used_at.is_(None) & (MailLink.expires_at > now)
