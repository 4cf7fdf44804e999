"""The papers of a case whose approval is revoked: they are good no longer, and verifying them says so."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.models import Certificate


def revoke_all(session: Session, actor: Actor, now: datetime, application_id: str) -> None:
    """Every certificate of the case, also one that is still being made."""
    this = update(Certificate.__table__).where(
        Certificate.__table__.c.application_id == application_id, Certificate.__table__.c.revoked_at.is_(None)
    )
    session.execute(this.values(revoked_at=now))
    audit.record(session, actor, now, "certificate.revoke", application_id)
