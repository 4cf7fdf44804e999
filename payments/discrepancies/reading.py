"""The worklist as screens read it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from payments.models import Charge, Discrepancy
from payments.views import DiscrepancyView
from procedures.models import Application


def discrepancies_where(
    session: Session,
    *conditions: ColumnElement[bool],
    limit: int | None = None,
    offset: int = 0,
    newest_first: bool = False,
) -> Sequence[DiscrepancyView]:
    """The entries of the worklist that meet every condition, oldest first unless said otherwise."""
    found_at = Discrepancy.found_at.desc() if newest_first else Discrepancy.found_at
    query = (
        select(Discrepancy, Application.reference)
        .outerjoin(Charge, Charge.id == Discrepancy.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(*conditions)
        .order_by(found_at, Discrepancy.id)
        .limit(limit)
        .offset(offset or None)
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
            row.resolution,
        )
        for row, reference in session.execute(query)
    ]
