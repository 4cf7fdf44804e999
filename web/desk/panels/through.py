"""By which system a case came, where it did not come from our own pages."""

from sqlalchemy.orm import Session

from procedures.clients.received import Through, through
from web.desk.panels import Look


def read(session: Session, look: Look) -> Through | None:
    """None for most. One statement, by primary key."""
    return through(session, look.case.application_id)
