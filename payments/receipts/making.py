"""Making a copy of a receipt: set and sealed outside any transaction, handed out in the one that closes the job."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from payments.models import Receipt, ReceiptCopy
from payments.models.receipts import RECEIPT
from payments.receipts.contents import marked
from payments.receipts.refunded import given_back
from procedures import jobs
from procedures.blobs import Blobs, Kept
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.keyring.owned import of
from procedures.papers.numbers import hand_out
from procedures.papers.typesetting import typeset
from procedures.seal import seal

TEMPLATE = "receipt"


@dataclass(frozen=True, slots=True)
class ReceiptPress:
    """Where templates and the key of the seal lie, and where files are kept."""

    blobs: Blobs
    templates: Path
    seal_folder: Path

    def handler(self) -> jobs.Handler:
        """The handler of `receipt.make` jobs."""

        def make(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
            copy_id = job.payload["copy_id"]
            with database.read() as session:
                contents = _contents(session, copy_id)
            if contents is None:
                return None
            pdf = seal(typeset(self.templates, TEMPLATE, contents), self.seal_folder)
            key = self.blobs.put(pdf)
            return lambda session: _hand_out(session, now, copy_id, pdf, key)

        return make

    def can_draw(self, name: str) -> bool:
        """Whether every character of a name can be printed. Takes a moment: outside any transaction."""
        from procedures.papers.typesetting import Undrawable

        blank = {"language": "ja", "title": name, "addressee": name}
        try:
            typeset(self.templates, TEMPLATE, {**EMPTY, **blank})
        except Undrawable:
            return False
        return True


EMPTY: dict[str, Any] = {
    **dict.fromkeys(("number_label", "number", "issued_on", "yen", "statement", "lines_heading"), "-"),
    **dict.fromkeys(("authority", "sealed", "footer", "again"), "-"),
    "facts": [],
    "lines": [],
}


def _contents(session: Session, copy_id: str) -> dict[str, Any] | None:
    """What stands on this copy; None when it was made already."""
    copy = session.get_one(ReceiptCopy, copy_id)
    if copy.made_at is not None:
        return None
    receipt = session.get_one(Receipt, copy.receipt_id)
    again_on = tokyo_day(copy.asked_at) if copy.number > 1 else None
    return marked(receipt.contents, again_on, given_back(session, receipt.charge_id, copy.asked_at))


def _hand_out(session: Session, now: datetime, copy_id: str, pdf: bytes, key: Kept) -> None:
    this = update(ReceiptCopy).where(ReceiptCopy.id == copy_id, ReceiptCopy.made_at.is_(None))
    receipt = session.execute(select(ReceiptCopy.receipt_id).where(ReceiptCopy.id == copy_id)).scalar_one()
    lies = {"blob_key": str(key), "blob_secret": of(f"{RECEIPT}{receipt}", key.secret)}
    session.execute(this.values(**lies, sha256=sha256(pdf).hexdigest(), size=len(pdf), made_at=now))
    numbered = select(Receipt.number).join(ReceiptCopy, ReceiptCopy.receipt_id == Receipt.id)
    hand_out(session, now, session.execute(numbered.where(ReceiptCopy.id == copy_id)).scalar_one())
