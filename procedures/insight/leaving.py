"""Where drafts stand: which page of a draft that ends unsent, or is open now, comes next."""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.journey import walk
from engine.lifecycle import Status
from procedures import library
from procedures.days import tokyo_day
from procedures.insight.counting import write
from procedures.insight.measures import Happening, Measure
from procedures.keyring.live import current
from procedures.models import Application, Draft
from procedures.storing import answers as stored

MOST = 2_000  # open drafts of a procedure that are looked through
CHECK = "check"  # everything is answered: it is only to be sent


def count_left(session: Session, now: datetime, application_id: str) -> None:
    """Count where a draft stood that is about to lapse or to be thrown away; what was never begun is not counted."""
    query = (
        select(Application.digest, Draft.answers, Draft.updated_at)
        .join(Draft, Draft.application_id == Application.id)
        .where(Application.id == application_id, Application.status == Status.DRAFT.value)
    )
    row = session.execute(query).one_or_none()
    answers = stored.unpack(row.answers) if row else {}
    if not answers:
        return
    procedure, day = library.by_digest(session, row.digest), tokyo_day(row.updated_at)
    first = walk(procedure, answers, day).first_unfinished()
    page = first.id if first else CHECK
    write(session, {Happening.of(procedure, tokyo_day(now), Measure.LEFT, page): 1})


def standing(session: Session, procedure_id: str, today: date) -> Counter[str]:
    """How many open drafts wait at which step, of those last saved."""
    newest = (
        select(Application.id)
        .join(Draft, Draft.application_id == Application.id)
        .where(Application.procedure_id == procedure_id, Application.status == Status.DRAFT.value)
        .order_by(Draft.updated_at.desc())
        .limit(MOST)
    )
    ids = session.scalars(newest).all()
    current().meet(ids)
    query = select(Application.digest, Draft.answers).join(Draft, Draft.application_id == Application.id)
    found: Counter[str] = Counter()
    for row in session.execute(query.where(Application.id.in_(ids))):
        journey = walk(library.by_digest(session, row.digest), stored.unpack(row.answers), today)
        first = journey.first_unfinished()
        found[first.id if first else CHECK] += 1
    return found
