"""Until when a draft lives."""

from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from procedures.days import tokyo_day
from procedures.models import Draft
from procedures.storing.fixed import Fixed

_draft = Draft.__table__
_LIVES = Fixed(select(_draft.c.updated_at, _draft.c.keep_days).where(_draft.c.application_id == bindparam("case_id")))


def ends_at(updated_at: datetime, keep_days: int) -> datetime:
    """When a draft that was last touched at `updated_at` goes."""
    return updated_at + timedelta(days=keep_days)


def last_day(session: Session, application_id: str) -> date | None:
    """The day in Tokyo on which the draft goes, as it stands now; None where there is no draft."""
    row = _LIVES.one_or_none(session, {"case_id": application_id})
    return tokyo_day(ends_at(row.updated_at, row.keep_days)) if row else None
