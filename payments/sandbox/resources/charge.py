"""The body of a Charge: one attempt that reached the payer's bank, shop or wallet."""

from typing import Any

from payments.sandbox.resources.declines import DECLINES, outcome, outcome_of
from payments.sandbox.store import Body

_CARD = {
    "amount_authorized": None,
    "authorization_code": None,
    "brand": "visa",
    "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
    "country": "JP",
    "exp_month": 12,
    "exp_year": 2034,
    "extended_authorization": {"status": "disabled"},
    "fingerprint": "SandboxCard",
    "funding": "credit",
    "incremental_authorization": {"status": "unavailable"},
    "installments": None,
    "last4": "4242",
    "mandate": None,
    "multicapture": {"status": "unavailable"},
    "network": "visa",
    "network_token": {"used": False},
    "network_transaction_id": None,
    "overcapture": {"maximum_amount_capturable": 0, "status": "unavailable"},
    "regulated_status": None,
    "three_d_secure": None,
    "transaction_link_id": None,
    "wallet": None,
}

_NOT_USED: dict[str, Any] = dict.fromkeys(
    (
        "application",
        "application_fee",
        "application_fee_amount",
        "shipping",
        "source",
        "source_transfer",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_data",
        "transfer_group",
    )
)


def method_details(method: str, amount: int, *, authenticated: bool = False, shop: str | None = None) -> dict[str, Any]:
    """`payment_method_details` of a card, a konbini payment or PayPay."""
    if method == "konbini":
        return {"type": "konbini", "konbini": {"store": {"chain": shop}}}
    if method == "paypay":
        return {"type": "paypay", "paypay": {}}
    secure = {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": "00000000-0000-4000-8000-000000000000",
        "version": "2.2.0",
    }
    capturable = {"maximum_amount_capturable": amount, "status": "unavailable"}
    card = _CARD | {"overcapture": capturable, "three_d_secure": secure if authenticated else None}
    return {"type": "card", "card": card}


def charge(charge_id: str, created: int, intent: Body, payment_method: str, details: dict[str, Any]) -> Body:
    """A charge that succeeded, without its balance transaction yet."""
    return _NOT_USED | {
        "id": charge_id,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {
            "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
            "email": intent["receipt_email"],
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": None,
        "captured": True,
        "created": created,
        "currency": "jpy",
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": outcome("authorized", "approved_by_network", "Payment complete.", None),
        "paid": True,
        "payment_intent": intent["id"],
        "payment_method": payment_method,
        "payment_method_details": details,
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "status": "succeeded",
    }


def declined(body: Body, decline_code: str) -> Body:
    """The same charge, refused by the card's bank."""
    decline = DECLINES[decline_code]
    return body | {
        "amount_captured": 0,
        "captured": False,
        "failure_code": decline.code,
        "failure_message": decline.message,
        "outcome": outcome_of(decline_code),
        "paid": False,
        "status": "failed",
    }
