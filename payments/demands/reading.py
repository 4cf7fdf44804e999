"""Reading charges."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from payments.demands.quotes import read_lines
from payments.models import Charge
from payments.views import ChargeView
from procedures.models import Application


def for_application(session: Session, application_id: str) -> list[ChargeView]:
    """Every charge of a case, oldest first. The caller has checked that the reader may see the case."""
    return list(charges_where(session, Charge.application_id == application_id))


def waiting_for_payment(session: Session, application_id: str) -> ChargeView | None:
    """The oldest charge that is to be paid now, if there is one."""
    found = charges_where(session, Charge.application_id == application_id, Charge.status == "demanded")
    return found[0] if found else None


def payable(session: Session, application_id: str, now: datetime) -> Sequence[ChargeView]:
    """Every charge of a case that can be paid now, oldest first: they are paid together.

    What no case waits for can be paid after its day, too.
    """
    in_time = or_(Charge.due_at > now, Charge.purpose.in_(("difference", "again")))
    return charges_where(session, Charge.application_id == application_id, Charge.status == "demanded", in_time)


def due_days(session: Session, application_ids: Iterable[str]) -> dict[str, date]:
    """By when these cases are to be paid first, where they owe something."""
    wanted = list(application_ids)
    if not wanted:
        return {}
    query = (
        select(Charge.application_id, func.min(Charge.due_on))
        .where(Charge.application_id.in_(wanted), Charge.status == "demanded")
        .group_by(Charge.application_id)
    )
    return dict(session.execute(query).all())


def paid_yen(session: Session, application_id: str) -> int:
    """What was paid for a case so far."""
    query = select(func.sum(Charge.yen)).where(Charge.application_id == application_id, Charge.status == "paid")
    return session.scalar(query) or 0


def charges_where(session: Session, *conditions: ColumnElement[bool]) -> Sequence[ChargeView]:
    """The charges that meet every condition, oldest first, with the reference of their case."""
    query = (
        select(Charge, Application.reference, Application.procedure_id)
        .join(Application, Application.id == Charge.application_id)
        .where(*conditions)
        .order_by(Charge.demanded_at, Charge.id)
    )
    return [_view(charge, reference, procedure_id) for charge, reference, procedure_id in session.execute(query)]


def _view(charge: Charge, reference: str | None, procedure_id: str) -> ChargeView:
    return ChargeView(
        id=charge.id,
        application_id=charge.application_id,
        reference=reference or "",
        procedure_id=procedure_id,
        payer=charge.payer,
        purpose=charge.purpose,
        status=charge.status,
        yen=charge.yen,
        waived_yen=charge.waived_yen,
        lines=read_lines(charge.lines),
        fiscal_year=charge.fiscal_year,
        demanded_at=charge.demanded_at,
        due_on=charge.due_on,
        due_at=charge.due_at,
        paid_at=charge.paid_at,
        method=charge.method,
        ended_at=charge.ended_at,
    )
