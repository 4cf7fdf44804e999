"""What a submission asks for: a row for each reduction that waits, and the end of those that wait no more."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.calendar import add_business_days
from engine.fees import FeeQuote
from engine.model import Procedure, Waiver
from procedures import audit
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.models import WaiverRequest, new_id
from procedures.models.sealed import sealed_row
from procedures.storing.fixed import Fixed
from procedures.waiving.waiting import IS_WAITING

_table = WaiverRequest.__table__
_END = Fixed(update(_table).where(_table.c.application_id == bindparam("case_id"), IS_WAITING).values(state="ended"))


def take(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    round_number: int,
    procedure: Procedure,
    quote: FeeQuote | None,
) -> bool:
    """Keep what the submission `round_number` asks for; answers whether anything waits to be decided.

    What was asked for before and still is goes on waiting, with what was proposed about it taken back: the clerk looks
    again. What is not asked for any more ends.
    """
    if procedure.fees is None or not any(waiver.decision for waiver in procedure.fees.waivers):
        return False
    asked = {one.id for one in quote.asked} if quote else set()
    before = set(_waiting(session, application_id))
    for waiver in procedure.fees.waivers:
        if waiver.id in before:
            _again(session, application_id, waiver.id, "open" if waiver.id in asked else "ended")
        elif waiver.id in asked:
            _ask(session, actor, now, application_id, round_number, waiver)
    return bool(asked)


def end(session: Session, application_id: str) -> None:
    """The case is over: nobody decides any more."""
    _END.change(session, {"case_id": application_id})


def _waiting(session: Session, application_id: str) -> list[str]:
    query = select(_table.c.waiver_id).where(_table.c.application_id == application_id, IS_WAITING)
    return list(session.scalars(query))


def _again(session: Session, application_id: str, waiver_id: str, state: str) -> None:
    this = update(_table).where(_table.c.application_id == application_id, _table.c.waiver_id == waiver_id, IS_WAITING)
    blank = {"percent": None, "reasons": [], "text": "", "proposed_by": None, "proposed_at": None}
    session.execute(this.values(state=state, **sealed_row(application_id, _table, blank)))


def _ask(session: Session, actor: Actor, now: datetime, application_id: str, round_number: int, waiver: Waiver) -> None:
    decision = waiver.decision
    if decision is None:
        raise ValueError(f"nobody decides on {waiver.id}")
    row = {
        "id": new_id(),
        "application_id": application_id,
        "waiver_id": waiver.id,
        "round": round_number,
        "asked_at": now,
        "decide_by": add_business_days(tokyo_day(now), decision.days),
        "people": 2 if decision.two_people else 1,
        "state": "open",
        "reasons": [],
        "text": "",
    }
    session.execute(insert(_table), sealed_row(application_id, _table, row))
    audit.record(session, actor, now, "waiver.ask", application_id, [decision.asked, *waiver.needs], note=waiver.id)
