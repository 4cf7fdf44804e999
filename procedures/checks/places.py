"""The places of limited procedures are counted right, and held by those who may hold one."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from procedures.checks.finding import Finding, found
from procedures.models import Application, Intake, Place
from procedures.submitting.acceptance import GIVE_BACK


def places(session: Session) -> Iterator[Finding]:
    """As many are taken as cases hold one; no case that has ended without success does."""
    held = select(func.count()).where(Place.intake_id == Intake.id).scalar_subquery()
    for intake_id in session.execute(select(Intake.id).where(Intake.taken != held)).scalars():
        yield found("places_miscounted", intake_id)
    ended = select(Place.application_id).join(Application).where(Application.status.in_(sorted(GIVE_BACK)))
    for application_id in session.execute(ended).scalars():
        yield found("place_not_given_back", application_id)
