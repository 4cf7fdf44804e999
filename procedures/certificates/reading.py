"""Opening a certificate: for its owner and the staff of its office."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.attachments import Opened
from procedures.authority import may
from procedures.blobs import Blobs
from procedures.errors import NotFound
from procedures.models import Application, Certificate

PDF = "application/pdf"


def open_certificate(session: Session, blobs: Blobs, actor: Actor, application_id: str, certificate_id: str) -> Opened:
    """The sealed PDF for its owner or staff of the office. Raises `NotFound` for everybody else and while not ready."""
    query = (
        select(Certificate, Application)
        .join(Application, Application.id == Certificate.application_id)
        .where(Certificate.id == certificate_id, Certificate.application_id == application_id)
    )
    found = session.execute(query).one_or_none()
    if found is None or found.Certificate.blob_key is None or not _may_see(actor, found.Application):
        raise NotFound(certificate_id)
    row = found.Certificate
    return Opened(f"{row.number}.pdf", PDF, row.size, blobs.open(row.blob_key, row.blob_secret))


def _may_see(actor: Actor, case: Application) -> bool:
    return actor.owner_key == case.owner or may(actor, "case.read", case)
