"""The worklist of what does not match: noted once, read, and read out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from payments.models import Charge, Discrepancy
from payments.views import DiscrepancyView
from procedures.models import Application, new_id
from procedures.storing.rows import insert_new


def note(
    session: Session, now: datetime, kind: str, provider_object: str, expected: str, found: str, charge_id: str | None
) -> bool:
    """Put it on the worklist; False when it stands there already. Amounts and states are given as text."""
    row = {
        "id": new_id(),
        "key": f"{kind}:{provider_object}",
        "kind": kind,
        "charge_id": charge_id,
        "provider_object": provider_object,
        "expected": expected,
        "found": found,
        "found_at": now,
    }
    return insert_new(session, Discrepancy.__table__, row, unique="key")


def discrepancies_where(session: Session, *conditions: ColumnElement[bool]) -> Sequence[DiscrepancyView]:
    """The entries of the worklist that meet every condition, oldest first."""
    query = (
        select(Discrepancy, Application.reference)
        .outerjoin(Charge, Charge.id == Discrepancy.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(*conditions)
        .order_by(Discrepancy.found_at, Discrepancy.id)
    )
    return [
        DiscrepancyView(
            row.id,
            row.kind,
            row.charge_id,
            reference,
            row.provider_object,
            row.expected,
            row.found,
            row.found_at,
            row.resolved_at,
        )
        for row, reference in session.execute(query)
    ]
