"""After a restore: cases that were erased since the backup was made have no key any more, and are erased once more."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.keeping.erasing import erase
from procedures.keyring.live import current
from procedures.models import Application, CaseKey, Erased

RULE = "restored"


def unfinished(session: Session, limit: int) -> list[str]:
    """Cases whose key is gone although nothing says that they were erased.

    Only once nothing plain is left: before that, a case may have no key yet.
    """
    if not current().finished():
        return []
    has_key = select(CaseKey.id).where(CaseKey.holder == Application.id).exists()
    gone = select(Erased.holder).where(Erased.holder == Application.id).exists()
    return list(session.scalars(select(Application.id).where(~has_key, ~gone).limit(limit)))


def finish_erasures(session: Session, now: datetime, limit: int) -> int:
    """Erase up to `limit` of them; how many.

    For whoever restores a backup, after the keys were loaded, and nobody else: without its keys a database would be
    erased as a whole.
    """
    found = unfinished(session, limit)
    for application_id in found:
        erase(session, now, application_id, RULE)
    return len(found)
