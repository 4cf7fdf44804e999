"""The worklist as screens read it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from payments.models import Charge, Discrepancy
from payments.views import DiscrepancyView
from procedures.models import Application


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
