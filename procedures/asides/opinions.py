"""The opinion of another office: asked with a question and a day, answered by a clerk there, taken back.

The standard period runs on: it is the authority's own time (行政手続法第6条).
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from engine.calendar import open_day
from engine.lifecycle import FINAL, Status
from procedures import audit, lifecycle
from procedures.actors import Actor
from procedures.asides.notes import LONGEST, checked, once_of
from procedures.asides.reading import asked_of
from procedures.asides.telling import tell
from procedures.authority import may, require
from procedures.days import tokyo_day
from procedures.errors import MessageRefused, NotFound
from procedures.keyring.owned import of
from procedures.models import CaseOpinion, new_id

__all__ = ["A_CASE", "LONGEST", "LONGEST_WAIT", "OpinionClosed", "answer", "ask", "earliest_day", "take_back"]

LONGEST_WAIT = timedelta(days=365)
"""How far away the day may be."""
A_CASE = 20
"""Questions of one case that may be open at once."""

_opinion = CaseOpinion.__table__


class OpinionClosed(Exception):
    """The question was answered or taken back meanwhile, or the case is over."""


def earliest_day(today: date) -> date:
    """The first day by which an answer may be asked for: the next on which offices are open."""
    return open_day(today + timedelta(days=1))


def ask(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    office: str,
    question: str,
    due_on: date,
    nonce: str,
    offices: frozenset[str],
) -> bool:
    """Ask `office`, one of the known `offices`; False where this form has sent the same already.

    Raises `NotFound`, `OpinionClosed` for a case that is over, and `MessageRefused`: office, empty, long, day, many.
    """
    case = lifecycle.lock(session, application_id)
    require(actor, "opinion.ask", case, application_id)
    once = once_of(actor, application_id, f"{office}\n{question}", nonce)
    if session.execute(select(CaseOpinion.id).where(CaseOpinion.once == once)).first():
        return False
    if Status(case.status) in FINAL:
        raise OpinionClosed
    _refuse(session, case, office, question, due_on, tokyo_day(now), offices)
    row = {
        "id": new_id(),
        "application_id": application_id,
        "office": office,
        "question": of(application_id, question),
        "due_on": open_day(due_on),
        "asked_by": actor.id,
        "asked_at": now,
        "once": once,
        "state": "open",
    }
    session.execute(insert(_opinion), row)
    tell(session, now, "asked", row["id"], f"office:{office}")
    audit.record(session, actor, now, "opinion.ask", application_id, note=f"{row['id']} {office}")
    return True


def answer(session: Session, actor: Actor, now: datetime, opinion_id: str, text: str) -> None:
    """Answer for the office that was asked.

    Raises `NotFound`, `OpinionClosed`, and `MessageRefused`: empty, long.
    """
    application_id = asked_of(session, actor, opinion_id).application_id
    case = lifecycle.lock(session, application_id)
    row = asked_of(session, actor, opinion_id)
    if row.state != "open" or Status(case.status) in FINAL:
        raise OpinionClosed
    checked(text)
    _close(session, actor, now, opinion_id, state="answered", answer=of(application_id, text))
    tell(session, now, "answered", opinion_id, f"person:{row.asked_by}")
    audit.record(session, actor, now, "opinion.answer", application_id, note=opinion_id)


def take_back(session: Session, actor: Actor, now: datetime, application_id: str, opinion_id: str) -> None:
    """The office that asked does not need an answer any more. Raises `NotFound`, `OpinionClosed`."""
    case = lifecycle.lock(session, application_id)
    query = select(_opinion).where(_opinion.c.id == opinion_id, _opinion.c.application_id == application_id)
    row = session.execute(query).one_or_none()
    if row is None or not may(actor, "opinion.ask", case):
        raise NotFound(opinion_id)
    if row.state != "open":
        raise OpinionClosed
    _close(session, actor, now, opinion_id, state="taken_back")
    audit.record(session, actor, now, "opinion.take_back", application_id, note=opinion_id)


def _refuse(
    session: Session, case: Row[Any], office: str, question: str, due_on: date, today: date, offices: frozenset[str]
) -> None:
    if office == case.office or office not in offices:
        raise MessageRefused("office")
    checked(question)
    if not earliest_day(today) <= due_on <= today + LONGEST_WAIT:
        raise MessageRefused("day")
    still = select(_opinion.c.id).where(_opinion.c.application_id == case.id, _opinion.c.state == "open")
    if len(session.execute(still).all()) >= A_CASE:
        raise MessageRefused("many")


def _close(session: Session, actor: Actor, now: datetime, opinion_id: str, **values: Any) -> None:
    this = update(_opinion).where(_opinion.c.id == opinion_id, _opinion.c.state == "open")
    session.execute(this.values(**values, closed_by=actor.id, closed_at=now))
