"""The last day of the standard period (標準処理期間) of a case, which begins when it is received and its fee paid."""

from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.calendar import add_business_days
from engine.journey import walk
from engine.model import Procedure
from engine.routing import standard_days
from procedures.days import tokyo_day
from procedures.models import Application, Submission
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed

_submission, _application = Submission.__table__, Application.__table__
_LATEST = Fixed(
    select(_submission.c.answers, _submission.c.submitted_at)
    .select_from(_submission.join(_application))
    .where(_application.c.id == bindparam("case_id"), _submission.c.round == _application.c.round)
)


def last_day(session: Session, application_id: str, procedure: Procedure, now: datetime) -> date | None:
    """Counted from `now`, when the case is received (行政手続法第6条); None without an examination.

    Where the days follow from the answers, those that were submitted last count. Raises engine's `NoOffice`.
    """
    if procedure.review is None:
        return None
    days = procedure.review.standard_days
    if not isinstance(days, int):
        [sent] = _LATEST.all(session, {"case_id": application_id})
        days = standard_days(procedure, walk(procedure, stored.unpack(sent.answers), tokyo_day(sent.submitted_at)))
    return None if days is None else add_business_days(tokyo_day(now), days)
