"""Who could get a case of an office now, with what they have already."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures.assigning import colleagues, presence
from procedures.assigning.choosing import IN_HAND, WAITING_FOR_OTHERS, WHOLE, Candidate
from procedures.models import Application, CaseMove, WorkShare

WEIGHTS = {
    Status.RECEIVED: IN_HAND,
    Status.IN_REVIEW: IN_HAND,
    Status.CORRECTION_REQUESTED: WAITING_FOR_OTHERS,
    Status.DECISION_PROPOSED: WAITING_FOR_OTHERS,
}


def candidates(session: Session, office: str, today: date) -> list[Candidate]:
    """The clerks of the office who are there today. What they have in other offices counts, too."""
    clerks = [one.id for one in colleagues.of_office(session, office)]
    away = presence.absent(session, clerks, today)
    present = [person_id for person_id in clerks if person_id not in away]
    if not present:
        return []
    weights, shares, last = _weights(session, present), _shares(session, office), _last(session, present)
    return [
        Candidate(one, weights.get(one, 0), shares.get(one, WHOLE), last.get(one, 0))
        for one in present
        if shares.get(one, WHOLE) > 0
    ]


def _weights(session: Session, person_ids: Collection[str]) -> dict[str, int]:
    weight = case(WEIGHTS, value=Application.status, else_=0)
    query = select(Application.claimed_by, func.sum(weight)).where(
        Application.claimed_by.in_(person_ids), Application.status.in_(list(WEIGHTS))
    )
    return {row[0]: int(row[1]) for row in session.execute(query.group_by(Application.claimed_by))}


def _shares(session: Session, office: str) -> dict[str, int]:
    rows = session.execute(select(WorkShare.person_id, WorkShare.percent).where(WorkShare.office == office))
    return {row.person_id: row.percent for row in rows}


def _last(session: Session, person_ids: Collection[str]) -> dict[str, int]:
    query = select(CaseMove.to_person, func.max(CaseMove.id)).where(CaseMove.to_person.in_(person_ids))
    return {row[0]: row[1] for row in session.execute(query.group_by(CaseMove.to_person))}
