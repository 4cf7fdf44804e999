"""Who could get a case of an office now, with what they have already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
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


@dataclass(frozen=True, slots=True)
class Hand:
    """What a clerk of an office has: cases in hand, and cases that wait for applicants or approvers; in all offices."""

    id: str
    name: str
    in_hand: int
    waiting: int
    percent: int


def hands_of(session: Session, office: str) -> list[Hand]:
    """Every clerk of the office with what they have, by name."""
    clerks = colleagues.of_office(session, office)
    held, percent = _counts(session, [one.id for one in clerks]), shares(session, office)
    return [
        Hand(
            one.id,
            one.name,
            _sum(held.get(one.id, {}), IN_HAND),
            _sum(held.get(one.id, {}), WAITING_FOR_OTHERS),
            percent.get(one.id, WHOLE),
        )
        for one in clerks
    ]


def _load(counts: Mapping[str, int]) -> int:
    return sum(WEIGHTS[Status(status)] * count for status, count in counts.items())


def _sum(counts: Mapping[str, int], weight: int) -> int:
    return sum(count for status, count in counts.items() if WEIGHTS[Status(status)] == weight)


def _counts(session: Session, person_ids: Collection[str]) -> dict[str, dict[str, int]]:
    """How many cases in which status, by person."""
    if not person_ids:
        return {}
    query = select(Application.claimed_by, Application.status, func.count()).where(
        Application.claimed_by.in_(person_ids), Application.status.in_(list(WEIGHTS))
    )
    found: dict[str, dict[str, int]] = {}
    for person_id, status, count in session.execute(query.group_by(Application.claimed_by, Application.status)):
        found.setdefault(person_id, {})[status] = count
    return found


def candidates(session: Session, office: str, today: date) -> list[Candidate]:
    """The clerks of the office who are there today. What they have in other offices counts, too."""
    clerks = [one.id for one in colleagues.of_office(session, office)]
    away = presence.absent(session, clerks, today)
    present = [person_id for person_id in clerks if person_id not in away]
    if not present:
        return []
    counts, percent, last = _counts(session, present), shares(session, office), _last(session, present)
    return [
        Candidate(one, _load(counts.get(one, {})), percent.get(one, WHOLE), last.get(one, 0))
        for one in present
        if percent.get(one, WHOLE) > 0
    ]


def shares(session: Session, office: str) -> dict[str, int]:
    """The share of each person of whom the manager settled one, in percent."""
    rows = session.execute(select(WorkShare.person_id, WorkShare.percent).where(WorkShare.office == office))
    return {row.person_id: row.percent for row in rows}


def _last(session: Session, person_ids: Collection[str]) -> dict[str, int]:
    query = select(CaseMove.to_person, func.max(CaseMove.id)).where(CaseMove.to_person.in_(person_ids))
    return {row[0]: row[1] for row in session.execute(query.group_by(CaseMove.to_person))}
