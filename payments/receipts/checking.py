"""Receipts that were made are kept as they were handed out."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import ReceiptCopy
from payments.models.receipts import RECEIPT
from procedures.blobs import Blobs
from procedures.checks.contents import compare
from procedures.checks.finding import Finding
from procedures.checks.readable import rows_of


def run(session: Session, blobs: Blobs) -> Iterator[Finding]:
    """Every copy that was made has its bytes. One that was erased with its key is passed over."""
    columns = ReceiptCopy.__table__.c
    query = select(columns.id, columns.blob_key, columns.blob_secret, columns.sha256).where(columns.sha256.is_not(None))
    receipts = session.scalars(select(columns.receipt_id).distinct()).all()
    for receipt_id, rows in rows_of(session, query, columns.receipt_id, receipts, RECEIPT):
        if rows is None:
            yield _found("changed", receipt_id)
        for row in rows or ():
            if wrong := compare(blobs, row):
                yield _found(wrong, row["id"])


def _found(wrong: str, object_id: str) -> Finding:
    return Finding(f"money.receipt_{wrong}", object_id, f"payment.doctor_receipt_{wrong}")
