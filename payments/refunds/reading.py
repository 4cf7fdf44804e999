"""Refunds as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from payments.disputes.reading import names_of
from payments.models import Charge, Payment, PaymentShare, Refund, RefundPart
from payments.refunds.requesting import by_provider, left_of
from payments.refunds.sources import Source, sources
from procedures.errors import NotFound
from procedures.models import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundView:
    """A refund with its payment and case; `parts` are (title, 歳入科目 or None, yen). Persons by key and name."""

    id: str
    status: str
    way: str
    yen: int
    reason: str
    note: str
    payment_row: str
    payment_id: str
    method: str
    charge_id: str | None
    application_id: str | None
    reference: str | None
    payer: str
    requested_by: str
    requested_name: str
    requested_at: datetime
    decided_name: str
    decided_at: datetime | None
    decision: str | None
    provider_refund_id: str | None
    sent_at: datetime | None
    action_until: datetime | None
    confirmed_at: datetime | None
    failed_at: datetime | None
    failure: str | None
    slip: str | None
    paid_on: date | None
    instead_of: str | None
    replaced_by: str | None
    parts: tuple[tuple[str, str | None, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOffer:
    """A payment of which something can be asked back; `left` yen, by `sources`."""

    id: str
    payment_id: str
    method: str
    yen: int
    left: int
    in_suspense: bool
    by_provider: bool
    charge_id: str | None
    application_id: str | None
    reference: str | None
    payer: str
    sources: tuple[Source, ...]


STANDS = ("requested", "failed", "approved", "requires_action", "sent", "confirmed", "rejected")
"""The order of the list: what waits for a person first."""


def refunds(session: Session, status: str | None = None, limit: int = 200) -> Sequence[RefundView]:
    """The refunds, in one state or in all, what waits for a person first, then the newest first."""
    found = _where(session, *([Refund.status == status] if status else []), limit=limit)
    return sorted(found, key=lambda one: STANDS.index(one.status))


def counts(session: Session) -> dict[str, int]:
    """How many stand in each state."""
    query = select(Refund.status, func.count()).group_by(Refund.status)
    return {status: int(count) for status, count in session.execute(query)}


def refund(session: Session, refund_id: str) -> RefundView:
    """One. Raises `NotFound`."""
    found = _where(session, Refund.id == refund_id)
    if not found:
        raise NotFound(refund_id)
    return found[0]


def of_application(session: Session, application_id: str, *, decided: bool = False) -> Sequence[RefundView]:
    """Those of a case, oldest first; `decided` leaves out what was only asked for. The caller checks who reads."""
    found = _where(session, Charge.application_id == application_id)[::-1]
    return [one for one in found if not decided or one.status not in {"requested", "rejected"}]


def for_applicant(session: Session, application_id: str) -> Sequence[RefundView]:
    """What an applicant is shown: what was approved, less what failed and is paid back in another way by now."""
    found = of_application(session, application_id, decided=True)
    underway = {one.instead_of for one in found}
    return [one for one in found if one.id not in underway]


def of_charge(session: Session, charge_id: str) -> Sequence[RefundView]:
    """Those of the payments of a charge, oldest first."""
    return _where(session, _paying(charge_id))[::-1]


def offers(session: Session, charge_id: str) -> Sequence[PaymentOffer]:
    """The payments that name a charge, with what is left of each."""
    query = select(Payment.id).where(_paying(charge_id)).order_by(Payment.captured_at)
    return [offer(session, payment_id) for payment_id in session.scalars(query).all()]


def offer(session: Session, payment_row: str) -> PaymentOffer:
    """What can be asked back of one payment (its row's id). Raises `NotFound`."""
    query = (
        select(Payment, Charge.payer, Charge.application_id, Application.reference)
        .outerjoin(Charge, Charge.id == Payment.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(Payment.id == payment_row)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound(payment_row)
    payment = found.Payment
    return PaymentOffer(
        id=payment.id,
        payment_id=payment.payment_id,
        method=payment.method,
        yen=payment.yen,
        left=left_of(session, payment),
        in_suspense=payment.state == "suspense",
        by_provider=by_provider(payment),
        charge_id=payment.charge_id,
        application_id=found.application_id,
        reference=found.reference,
        payer=found.payer or "",
        sources=tuple(sources(session, payment)),
    )


def _paying(charge_id: str) -> ColumnElement[bool]:
    """Payments that name the charge, or were split over it."""
    shared = select(PaymentShare.payment_id).where(PaymentShare.charge_id == charge_id)
    return or_(Payment.charge_id == charge_id, Payment.id.in_(shared))


def _where(session: Session, *conditions: ColumnElement[bool], limit: int | None = None) -> list[RefundView]:
    query = (
        select(Refund, Payment, Charge.application_id, Charge.payer, Application.reference)
        .join(Payment, Payment.id == Refund.payment_id)
        .outerjoin(Charge, Charge.id == Payment.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(*conditions)
        .order_by(Refund.requested_at.desc(), Refund.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    if not rows:  # most cases that are opened have none
        return []
    ids = [row.Refund.id for row in rows]
    names = names_of(session, {key for row in rows for key in (row.Refund.requested_by, row.Refund.decided_by) if key})
    replaced = dict(session.execute(select(Refund.instead_of, Refund.id).where(Refund.instead_of.in_(ids))).all())
    parts: dict[str, list[tuple[str, str | None, int]]] = {}
    for part in session.scalars(select(RefundPart).where(RefundPart.refund_id.in_(ids)).order_by(RefundPart.line)):
        parts.setdefault(part.refund_id, []).append((part.title, part.account, part.yen))
    return [
        _view(row.Refund, row.Payment, (row.application_id, row.payer or "", row.reference), names, replaced, parts)
        for row in rows
    ]


def _view(
    row: Refund,
    payment: Payment,
    case: tuple[str | None, str, str | None],
    names: dict[str, str],
    replaced: dict[str | None, str],
    parts: dict[str, list[tuple[str, str | None, int]]],
) -> RefundView:
    application_id, payer, reference = case
    same = ("id", "status", "way", "yen", "reason", "note", "requested_by", "requested_at", "decided_at", "decision")
    later = ("provider_refund_id", "sent_at", "action_until", "confirmed_at", "failed_at", "failure")
    by_hand = ("slip", "paid_on", "instead_of")
    return RefundView(
        **{name: getattr(row, name) for name in (*same, *later, *by_hand)},
        payment_row=payment.id,
        payment_id=payment.payment_id,
        method=payment.method,
        charge_id=payment.charge_id,
        application_id=application_id,
        reference=reference,
        payer=payer,
        requested_name=names.get(row.requested_by, ""),
        decided_name=names.get(row.decided_by or "", ""),
        replaced_by=replaced.get(row.id),
        parts=tuple(parts.get(row.id, ())),
    )
