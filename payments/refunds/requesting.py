"""Asking that money be given back: checked against what is left of the payment, under its lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from payments.disputes.holding import withdrawn_yen
from payments.models import Payment, Refund, RefundPart
from payments.refunds.locking import lock_payment
from payments.refunds.rules import REASONS, RefundRefused, Way, checked_text
from payments.refunds.sources import Source, sources, split
from procedures import audit
from procedures.actors import Actor
from procedures.authority import require
from procedures.errors import NotFound
from procedures.models import new_id


@dataclass(frozen=True, slots=True)
class How:
    """How a refund is to go, where it is not the usual way.

    `parts` says which 歳入科目 bear it (`Source.key` → yen), else `sources.split` states the rule. `instead_of` is the
    failed refund whose place it takes; `discrepancy_id` what it settles once it is confirmed.
    """

    way: Way = "provider"
    parts: Mapping[str, int] | None = None
    instead_of: str | None = None
    discrepancy_id: str | None = None


USUAL = How()


def request(
    session: Session,
    actor: Actor,
    now: datetime,
    payment_id: str,
    yen: int,
    reason: str,
    note: str = "",
    how: How = USUAL,
) -> str:
    """Ask for `yen` of a payment (its row's id) to be given back; answers the refund's id.

    Somebody else has to approve it. Raises `NotFound`, `RefundRefused`.
    """
    require(actor, "finance.refund", None, payment_id)
    text = _check_words(reason, note, yen)
    payment = lock_payment(session, payment_id)
    if how.instead_of is not None:
        _check_place(session, how.instead_of, payment)
    found = sources(session, payment)
    _check_left(session, payment, found, yen)
    if how.way == "provider" and not by_provider(payment):
        raise RefundRefused("way")
    row = {
        "id": new_id(),
        "payment_id": payment.id,
        "provider": payment.provider,
        "way": how.way,
        "yen": yen,
        "reason": reason,
        "note": text,
        "status": "requested",
        "requested_by": actor.key,
        "requested_at": now,
        "instead_of": how.instead_of,
        "discrepancy_id": how.discrepancy_id,
    }
    parted = split(found, yen, how.parts)
    session.execute(insert(Refund.__table__), row)
    session.execute(insert(RefundPart.__table__), _rows(row["id"], parted))
    audit.record(session, actor, now, "refund.request", row["id"], note=f"{reason} {yen}")
    return row["id"]


def left_of(session: Session, payment: Payment) -> int:
    """What of a payment can still be given back: not refunded, not promised, not taken back by a dispute; in yen."""
    return _left(session, payment, sources(session, payment))


def by_provider(payment: Payment) -> bool:
    """Whether it can go back the way it came: what was paid at a counter cannot."""
    return payment.method in BY_PROVIDER


BY_PROVIDER = frozenset({"card", "konbini", "paypay"})


def _check_words(reason: str, note: str, yen: int) -> str:
    if yen <= 0:
        raise RefundRefused("yen")
    if reason not in REASONS:
        raise RefundRefused("reason")
    return checked_text(note, needed=reason == "other")


def _check_place(session: Session, instead_of: str, payment: Payment) -> None:
    failed = session.get(Refund, instead_of, populate_existing=True)
    if failed is None or failed.payment_id != payment.id:
        raise NotFound(instead_of)
    taken = session.execute(select(Refund.id).where(Refund.instead_of == instead_of)).first()
    if failed.status != "failed" or taken:
        raise RefundRefused("instead")


def _check_left(session: Session, payment: Payment, found: list[Source], yen: int) -> None:
    left = _left(session, payment, found)
    if left == 0:
        raise RefundRefused("nothing_left")
    if yen > left:
        raise RefundRefused("too_much", left)


def _left(session: Session, payment: Payment, found: list[Source]) -> int:
    left = sum(source.left for source in found)
    return max(0, min(left, left - withdrawn_yen(session, payment.id)))


def _rows(refund_id: str, parted: list[tuple[Source, int]]) -> list[dict[str, object]]:
    return [
        {
            "refund_id": refund_id,
            "line": line,
            "charge_id": source.charge_id,
            "account": source.account,
            "title": source.title,
            "fiscal_year": source.fiscal_year,
            "yen": yen,
        }
        for line, (source, yen) in enumerate(parted, 1)
    ]
