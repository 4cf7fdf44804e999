"""What follows from a new status: notices, certificates, the end of the draft."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from engine.lifecycle import FINAL, Status
from engine.model import Procedure
from procedures import notices
from procedures.assigning.arriving import arrived, proposed
from procedures.continuing.forgetting import forget_draft
from procedures.corrections.kept import ENDS, close
from procedures.mandates import acting
from procedures.models import Draft
from procedures.papers.ordering import order
from procedures.profiles import origins
from procedures.storing.fixed import Fixed
from procedures.submitting.acceptance import GIVE_BACK, give_back
from procedures.uploads.forgetting import forget_unsent
from procedures.waiving import asking

NOTICES: Mapping[Status, notices.Kind] = {
    Status.RECEIVED: "received",
    Status.APPROVED: "completed",
    Status.REFUSED: "refused",
    Status.REVOKED: "revoked",
}
LIES_WITH_CLERKS = frozenset({Status.RECEIVED, Status.IN_REVIEW})
_END_DRAFT = Fixed(delete(Draft.__table__).where(Draft.__table__.c.application_id == bindparam("case_id")))


def follow(
    session: Session, now: datetime, application_id: str, procedure: Procedure, source: Status, goal: Status
) -> None:
    """Queue what must happen after the commit, and erase what was not sent of a case that has ended."""
    if goal is Status.APPROVED and order(session, now, application_id, procedure):
        pass  # told when the certificates are ready
    elif notice := _notice(source, goal):
        notices.queue(session, now, notice, application_id)
    if goal in LIES_WITH_CLERKS:
        arrived(session, now, application_id)
    if goal is Status.DECISION_PROPOSED:
        proposed(session, now, application_id)
    if goal in GIVE_BACK and source is not Status.DRAFT:
        give_back(session, application_id)
    if source is Status.CORRECTION_REQUESTED and goal in ENDS:
        close(session, now, application_id, ENDS[goal])
    if source is Status.DRAFT:
        origins.end(session, application_id)
        acting.end(session, application_id)
    if goal in FINAL:
        asking.end(session, application_id)
        _END_DRAFT.change(session, {"case_id": application_id})
        forget_unsent(session, now, application_id)
        forget_draft(session, application_id, shared=source is not Status.DRAFT or goal is Status.APPROVED)


def _notice(source: Status, goal: Status) -> notices.Kind | None:
    """Fees are announced by whoever knows the amount, certificates when they are ready."""
    if goal is Status.LAPSED:
        return "draft_lapsed" if source is Status.DRAFT else "lapsed"
    if goal is Status.WITHDRAWN:
        return None if source is Status.DRAFT else "withdrawn"
    if goal is Status.IN_REVIEW:
        return "reopened" if source in FINAL else None
    return NOTICES.get(goal)
