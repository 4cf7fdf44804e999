"""The body of a PaymentIntent, and what it says while a person still has to act."""

from collections.abc import Mapping
from typing import Any

from payments.sandbox.store import Body


def payment_intent(intent_id: str, secret: str, created: int, session: Body, data: Mapping[str, Any]) -> Body:
    """An intent to collect the session's total. `data` is the session's `payment_intent_data`."""
    return {
        "id": intent_id,
        "object": "payment_intent",
        "allowed_payment_method_types": session["allowed_payment_method_types"],
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{intent_id}_secret_{secret}",
        "confirmation_method": "automatic",
        "created": created,
        "currency": "jpy",
        "customer": None,
        "customer_account": None,
        "description": data.get("description"),
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": data.get("metadata", {}),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": session["payment_method_options"],
        "payment_method_types": session["payment_method_types"],
        "processing": None,
        "receipt_email": data.get("receipt_email"),
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def konbini_voucher(url: str, expires_at: int, payment_code: str, confirmation_number: str) -> dict[str, Any]:
    """`next_action` while the person is on the way to the shop."""
    store = {"confirmation_number": confirmation_number, "payment_code": payment_code}
    return {
        "type": "konbini_display_details",
        "konbini_display_details": {
            "expires_at": expires_at,
            "hosted_voucher_url": url,
            "stores": {chain: dict(store) for chain in ("familymart", "lawson", "ministop", "seicomart")},
        },
    }


def redirect(url: str, return_url: str) -> dict[str, Any]:
    """`next_action` while the person is at the bank's 3-D Secure page or in the PayPay app."""
    return {"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": url}}


def payment_error(code: str, message: str, decline_code: str | None = None) -> dict[str, Any]:
    """`last_payment_error` after an attempt that did not work."""
    kind = "card_error" if decline_code or code == "payment_intent_authentication_failure" else "invalid_request_error"
    error = {"code": code, "message": message, "type": kind}
    return error | ({"decline_code": decline_code} if decline_code else {})
