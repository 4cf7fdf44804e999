"""Reading what both sides wrote, and noting that it was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures.actors import Actor
from procedures.authority import may
from procedures.correspondence import rules
from procedures.errors import NotFound
from procedures.models import Application, CaseMessage
from procedures.reading import queues
from procedures.reading.names import PREFIX, names_of


@dataclass(frozen=True, slots=True)
class Written:
    """One message. `by` is a member of staff's name, told to staff alone; `waits`: for an answer of the office."""

    number: int
    from_office: bool
    by: str
    text: str
    at: datetime
    read_at: datetime | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was written about a case, oldest first. `until` is when the applicant's time to write ends, if it does."""

    messages: tuple[Written, ...]
    until: datetime | None = None

    @property
    def last(self) -> int:
        """The number of the newest message; 0 where there is none."""
        return self.messages[-1].number if self.messages else 0

    @property
    def waiting(self) -> tuple[Written, ...]:
        """The messages that the office has not answered."""
        return tuple(message for message in self.messages if message.waits)

    def unread(self, *, by_office: bool) -> tuple[Written, ...]:
        """The other side's messages that this side has not seen."""
        return tuple(one for one in self.messages if one.from_office is not by_office and one.read_at is None)


def of_applicant(session: Session, actor: Actor, application_id: str) -> Exchange:
    """What an applicant reads about the own case. Raises `NotFound` for drafts, missing cases and another's."""
    own = select(Application).where(Application.id == application_id, Application.owner == actor.owner_key)
    case = session.execute(own.where(Application.round > 0)).scalar_one_or_none()
    if case is None:
        raise NotFound(application_id)
    until = rules.open_until(session, application_id, Status(case.status), case.status_changed_at)
    return Exchange(_messages(session, application_id, {}), until)


def of_office(session: Session, actor: Actor, application_id: str) -> Exchange:
    """What staff read about a case of their offices, with names. Raises `NotFound` for all others."""
    mine = select(Application.id).where(Application.id == application_id, queues.of_offices(actor))
    if session.execute(mine).first() is None:
        raise NotFound(application_id)
    office = select(CaseMessage.author).where(
        CaseMessage.application_id == application_id, CaseMessage.side == rules.OFFICE
    )
    authors = session.execute(office.distinct()).scalars()
    return Exchange(_messages(session, application_id, names_of(session, (a.removeprefix(PREFIX) for a in authors))))


def read_by_applicant(session: Session, actor: Actor, now: datetime, application_id: str, seen: int) -> None:
    """Note that the applicant saw what the office wrote up to number `seen`. Raises as `of_applicant`."""
    of_applicant(session, actor, application_id)
    _read(session, now, application_id, rules.OFFICE, seen)


def read_by_office(session: Session, actor: Actor, now: datetime, application_id: str, seen: int) -> None:
    """Note that somebody at the office saw what the applicant wrote up to number `seen`. Raises as `of_office`.

    Who may not answer, an auditor, has not read it in the office's stead.
    """
    of_office(session, actor, application_id)
    office = session.execute(select(Application.office).where(Application.id == application_id)).scalar_one()
    if may(actor, "message.write", office):
        _read(session, now, application_id, rules.APPLICANT, seen)


def waiting_since(session: Session, application_ids: Iterable[str]) -> dict[str, datetime]:
    """Since when the oldest message that the office has not answered waits, by case."""
    wanted = list(application_ids)
    if not wanted:
        return {}
    query = select(CaseMessage.application_id, func.min(CaseMessage.at).label("since")).where(
        CaseMessage.application_id.in_(wanted), CaseMessage.settled_at.is_(None)
    )
    rows = session.execute(query.group_by(CaseMessage.application_id))
    return {row.application_id: row.since for row in rows}


def unread_by_applicant(session: Session, actor: Actor) -> frozenset[str]:
    """The actor's cases in which the office wrote something that was not read yet."""
    query: Select[tuple[str]] = (
        select(CaseMessage.application_id)
        .join(Application, Application.id == CaseMessage.application_id)
        .where(Application.owner == actor.owner_key, CaseMessage.side == rules.OFFICE, CaseMessage.read_at.is_(None))
        .distinct()
    )
    return frozenset(session.execute(query).scalars())


def _messages(session: Session, application_id: str, names: dict[str, str]) -> tuple[Written, ...]:
    query = select(CaseMessage).where(CaseMessage.application_id == application_id).order_by(CaseMessage.number)
    return tuple(
        Written(
            row.number,
            row.side == rules.OFFICE,
            names.get(row.author.removeprefix(PREFIX), ""),
            row.text,
            row.at,
            row.read_at,
            row.settled_at is None,
        )
        for row in session.execute(query).scalars()
    )


def _read(session: Session, now: datetime, application_id: str, written_by: str, seen: int) -> None:
    message = CaseMessage.__table__.c
    unread = update(CaseMessage.__table__).where(
        message.application_id == application_id,
        message.side == written_by,
        message.read_at.is_(None),
        message.number <= seen,
    )
    session.execute(unread.values(read_at=now))
