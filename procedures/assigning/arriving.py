"""A case, or a proposal, has come to an office or a stage: where the office wishes it, a job assigns it."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from procedures import jobs
from procedures.models import Application, OfficeAssigning
from procedures.storing.fixed import Fixed

JOB = "case.assign"
PROPOSAL = "proposal.assign"

_application, _office = Application.__table__, OfficeAssigning.__table__
_OF_SUCH_AN_OFFICE = (
    select(_office.c.automatic)
    .select_from(_office.join(_application, _application.c.office == _office.c.office))
    .where(_application.c.id == bindparam("case_id"), _office.c.automatic)
)
_AUTOMATIC = Fixed(_OF_SUCH_AN_OFFICE)
_NOBODYS = Fixed(_OF_SUCH_AN_OFFICE.where(_application.c.claimed_by.is_(None)))


def arrived(session: Session, now: datetime, application_id: str) -> None:
    """Queue the assignment, if nobody has the case and its office assigns by itself.

    A job and not this transaction: the office's row is locked before a case's, and this one holds the case already.
    """
    if _NOBODYS.all(session, {"case_id": application_id}):
        jobs.enqueue(session, now, JOB, {"application_id": application_id})


def proposed(session: Session, now: datetime, application_id: str) -> None:
    """Queue asking somebody at the stage where the case's proposal lies now, if its office assigns by itself."""
    if _AUTOMATIC.all(session, {"case_id": application_id}):
        jobs.enqueue(session, now, PROPOSAL, {"application_id": application_id})
