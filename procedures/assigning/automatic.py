"""Cases that come to a clerk by themselves, where the office's manager wishes it.

An office's row in `office_assigning` is the lock: two cases that come at once go to two people. It is taken before a
case's row and never after one, and one transaction assigns cases of one office only.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from engine.lifecycle import Who
from procedures import jobs
from procedures.actors import SYSTEM
from procedures.assigning import hands
from procedures.assigning.choosing import Candidate, choose
from procedures.assigning.loads import candidates
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.models import Application, CaseMove, OfficeAssigning

AT_ONCE = 100
"""Cases that one transaction assigns."""

_application = Application.__table__


def handler() -> jobs.Handler:
    """The handler of these jobs: assigns in the transaction that marks the job as done."""

    def assign(_database: Database, job: jobs.ClaimedJob, now: datetime) -> Callable[[Session], None]:
        return partial(_finish, now, job.payload["application_id"])

    return assign


def _finish(now: datetime, application_id: str, session: Session) -> None:
    assign(session, now, application_id)


def assign(session: Session, now: datetime, application_id: str) -> str | None:
    """Assign one case; returns whose it is now, None where there is nothing to assign or nobody to assign it to."""
    office = session.execute(select(Application.office).where(Application.id == application_id)).scalar_one_or_none()
    if office is None or not locked_office(session, office):
        return None
    found = _lying(session, office, 1, application_id)
    return _give(session, now, office, found)[0] if found else None


def assign_lying(session: Session, now: datetime, office: str, limit: int = AT_ONCE) -> int:
    """Assign up to `limit` cases of the office that nobody has, what is due first; returns how many."""
    if not locked_office(session, office):
        return 0
    return sum(person_id is not None for person_id in _give(session, now, office, _lying(session, office, limit)))


def offices(session: Session) -> list[str]:
    """The offices that assign by themselves."""
    query = select(OfficeAssigning.office).where(OfficeAssigning.automatic).order_by(OfficeAssigning.office)
    return list(session.execute(query).scalars())


def assign_everywhere(database: Database, now: datetime) -> int:
    """Assign whatever lies unassigned in these offices, in transactions of their own; returns how many cases."""
    with database.read() as session:
        wishing = offices(session)
    total = 0
    for office in wishing:
        found = AT_ONCE
        while found == AT_ONCE:
            with database.write() as session:
                found = assign_lying(session, now, office)
            total += found
    return total


def lying(session: Session, office: str) -> int:
    """How many cases of the office nobody has."""
    return session.execute(select(func.count()).select_from(_application).where(*_nobodys(office))).scalar_one()


def _nobodys(office: str) -> tuple[ColumnElement[bool], ...]:
    with_clerks = _application.c.status.in_([status.value for status in hands.WITH_A_CLERK])
    return _application.c.office == office, _application.c.claimed_by.is_(None), with_clerks


def locked_office(session: Session, office: str) -> bool:
    """Whether the office assigns by itself; if so, nobody else assigns in it until the transaction ends."""
    query = select(OfficeAssigning.automatic).where(OfficeAssigning.office == office).with_for_update()
    return bool(session.execute(query).scalar_one_or_none())


def _lying(session: Session, office: str, limit: int, application_id: str | None = None) -> list[Row[tuple[str]]]:
    """Cases that nobody has, locked; those in which somebody is doing something just now are left for later."""
    query = (
        select(_application)
        .where(*_nobodys(office))
        .order_by(_application.c.due_on, _application.c.submitted_at, _application.c.id)
        .limit(limit)
        .with_for_update(skip_locked=application_id is None)
    )
    if application_id is not None:
        query = query.where(_application.c.id == application_id)
    return list(session.execute(query).all())


def _give(session: Session, now: datetime, office: str, cases: list[Row[tuple[str]]]) -> list[str | None]:
    people = {one.person_id: one for one in candidates(session, office, tokyo_day(now))}
    given_back = _given_back(session, [case.id for case in cases])
    return [_give_one(session, now, case, people, given_back.get(case.id, frozenset())) for case in cases]


def _give_one(
    session: Session, now: datetime, case: Row[tuple[str]], people: dict[str, Candidate], unwilling: frozenset[str]
) -> str | None:
    """Whoever gave this very case back does not get it again."""
    chosen = choose(one for one in people.values() if one.person_id not in unwilling)
    if chosen is None:
        return None
    move = hands.put(session, SYSTEM, now, case, chosen.person_id, "automatic", who=Who.SYSTEM)
    people[chosen.person_id] = chosen.with_one_more(move)
    return chosen.person_id


def _given_back(session: Session, case_ids: list[str]) -> dict[str, frozenset[str]]:
    """Who gave which of these cases back."""
    query = select(CaseMove.application_id, CaseMove.from_person).where(
        CaseMove.application_id.in_(case_ids), CaseMove.kind == "given_back"
    )
    found: dict[str, frozenset[str]] = {}
    for row in session.execute(query):
        found[row.application_id] = found.get(row.application_id, frozenset()) | {row.from_person}
    return found
