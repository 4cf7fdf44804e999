"""Stripe's shapes and ours: orders to parameters, sessions and balance transactions to plain values."""

from typing import Any

from payments.providers import CheckoutOrder, CheckoutState, Taken, Transaction
from payments.providers.stripe.values import id_of, moment, plain

LONGEST_METADATA = 500
"""Characters of a value; what does not fit stands in our own tables."""
LOCALES = {"ja": "ja", "easy": "ja", "en": "en", "zh": "zh", "ko": "ko"}


def order_parameters(order: CheckoutOrder) -> dict[str, Any]:
    """What a Checkout Session is created with; yen has no minor unit, so amounts are whole yen."""
    metadata = {
        "charge": order.charge_id,
        "application": order.application_id,
        "reference": order.reference,
        "attempt": order.key.rpartition("-")[2],
    }
    if len(order.shares) > 1:
        metadata["charges"] = ",".join(order.shares)[:LONGEST_METADATA]
    parameters: dict[str, Any] = {
        "mode": "payment",
        "allowed_payment_method_types": list(order.methods),
        "line_items": [
            {
                "quantity": line.count,
                "price_data": {"currency": "jpy", "unit_amount": line.unit_yen, "product_data": {"name": line.title}},
            }
            for line in order.lines
        ],
        "client_reference_id": order.charge_id,
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": order.reference},
        "expires_at": int(order.expires_at.timestamp()),
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "locale": LOCALES.get(order.language, "auto"),
    }
    if "konbini" in order.methods:
        parameters["payment_method_options"] = {"konbini": {"expires_after_days": order.konbini_days}}
    if order.email:
        parameters["customer_email"] = order.email
    return parameters


def checkout_state(session: Any) -> CheckoutState:
    """A Checkout Session, its intent expanded where there is one."""
    intent = session.payment_intent if not isinstance(session.payment_intent, str) else None
    voucher = _voucher(intent)
    return CheckoutState(
        id=session.id,
        status=session.status,
        url=session.url,
        expires_at=moment(session.expires_at),
        yen=session.amount_total,
        currency=session.currency,
        metadata=plain(session.metadata),
        taken=_taken(session, intent),
        waiting_until=moment(voucher.expires_at) if voucher else None,
        voucher_url=voucher.hosted_voucher_url if voucher else None,
    )


def _voucher(intent: Any) -> Any:
    """The konbini number that can still be paid."""
    if intent is None or intent.status != "requires_action" or intent.next_action is None:
        return None
    return getattr(intent.next_action, "konbini_display_details", None)


def _taken(session: Any, intent: Any) -> Taken | None:
    """What was collected. `payment_status` alone is not enough: the intent itself must have succeeded."""
    if session.payment_status != "paid" or intent is None or intent.status != "succeeded":
        return None
    charge = intent.latest_charge
    movement = charge.balance_transaction
    return Taken(
        payment_id=intent.id,
        provider_charge_id=charge.id,
        method=charge.payment_method_details.type,
        yen=intent.amount_received,
        currency=intent.currency,
        authorised_at=moment(intent.created),
        captured_at=moment(charge.created),
        transaction_id=movement.id if movement else None,
        fee_yen=movement.fee if movement else None,
        available_at=moment(movement.available_on) if movement else None,
    )


def transaction(row: Any) -> Transaction:
    """A balance transaction with its source expanded."""
    source = row.source
    metadata = getattr(source, "metadata", None) or {}
    details = getattr(source, "payment_method_details", None)
    return Transaction(
        id=row.id,
        kind=row.type,
        source_id=source if isinstance(source, str) else getattr(source, "id", None),
        payment_id=id_of(getattr(source, "payment_intent", None)),
        charge_id=getattr(metadata, "charge", None),
        yen=row.amount,
        fee_yen=row.fee,
        currency=row.currency,
        created_at=moment(row.created),
        available_at=moment(row.available_on),
        method=details.type if details else None,
        category=row.reporting_category,
    )
