"""Disputes as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from payments.disputes.deciding import loss_of
from payments.disputes.holding import standing_yen
from payments.models import Charge, Dispute, DisputeMovement, Payment
from procedures.errors import NotFound
from procedures.models import Application, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementView:
    """One movement of the provider's balance, in yen: below 0 withdrawn."""

    transaction_id: str
    yen: int
    fee_yen: int
    moved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """A dispute. `withdrawn` yen are gone at the moment; `loss` yen wait for what two people decide."""

    id: str
    dispute_id: str
    status: str
    yen: int
    reason: str
    opened_at: datetime
    evidence_due: datetime | None
    evidence_sent: bool
    closed_at: datetime | None
    payment_id: str | None
    charge_id: str | None
    application_id: str | None
    reference: str | None
    withdrawn: int
    loss: int
    ending: str | None
    ending_reason: str | None
    requested_by: str | None
    requested_name: str
    requested_at: datetime | None
    decided_by: str | None
    decided_name: str
    decided_at: datetime | None
    movements: tuple[MovementView, ...]

    @property
    def step(self) -> str:
        """What is to be done: answer, wait, want (an end), decide, or nothing."""
        if self.status == "lost" and self.loss:
            return "decide" if self.ending else "want"
        if self.status in {"inquiry", "needs_response"} and not self.evidence_sent:
            return "answer"
        return "wait" if self.closed_at is None else "nothing"


def disputes(session: Session) -> Sequence[DisputeView]:
    """All, those that wait for somebody first, the nearest day first."""
    found = _where(session)
    order = {"answer": 0, "want": 1, "decide": 1, "wait": 2, "nothing": 3}
    return sorted(found, key=lambda one: (order[one.step], one.evidence_due or one.opened_at))


def dispute(session: Session, dispute_id: str) -> DisputeView:
    """One. Raises `NotFound`."""
    found = _where(session, Dispute.id == dispute_id)
    if not found:
        raise NotFound(dispute_id)
    return found[0]


def of_application(session: Session, application_id: str) -> Sequence[DisputeView]:
    """Those of a case, for its clerk. The caller has checked that the reader may see the case."""
    return _where(session, Charge.application_id == application_id)


def _where(session: Session, *conditions: ColumnElement[bool]) -> list[DisputeView]:
    query = (
        select(Dispute, Payment.payment_id, Charge.id, Charge.application_id, Application.reference)
        .outerjoin(Payment, Payment.id == Dispute.payment_id)
        .outerjoin(Charge, Charge.id == Payment.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(*conditions)
        .order_by(Dispute.opened_at.desc(), Dispute.id)
    )
    rows = session.execute(query).all()
    names = names_of(session, {key for row in rows for key in (row[0].requested_by, row[0].decided_by) if key})
    return [_view(session, *row, names) for row in rows]


def names_of(session: Session, keys: set[str]) -> dict[str, str]:
    """The names of persons by their actors' keys."""
    ids = {key.removeprefix("person:") for key in keys}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {f"person:{person_id}": name for person_id, name in found}


def _view(
    session: Session,
    row: Dispute,
    payment_id: str | None,
    charge_id: str | None,
    application_id: str | None,
    reference: str | None,
    names: dict[str, str],
) -> DisputeView:
    movements = select(DisputeMovement).where(DisputeMovement.dispute_id == row.id).order_by(DisputeMovement.moved_at)
    return DisputeView(
        id=row.id,
        dispute_id=row.dispute_id,
        status=row.status,
        yen=row.yen,
        reason=row.reason,
        opened_at=row.opened_at,
        evidence_due=row.evidence_due,
        evidence_sent=row.evidence_sent,
        closed_at=row.closed_at,
        payment_id=payment_id,
        charge_id=charge_id,
        application_id=application_id,
        reference=reference,
        withdrawn=standing_yen(session, row.id),
        loss=loss_of(session, row.id),
        ending=row.ending,
        ending_reason=row.ending_reason,
        requested_by=row.requested_by,
        requested_name=names.get(row.requested_by or "", ""),
        requested_at=row.requested_at,
        decided_by=row.decided_by,
        decided_name=names.get(row.decided_by or "", ""),
        decided_at=row.decided_at,
        movements=tuple(
            MovementView(transaction_id=one.transaction_id, yen=one.yen, fee_yen=one.fee_yen, moved_at=one.moved_at)
            for one in session.scalars(movements)
        ),
    )
