"""The body of a Checkout Session, and of its line items."""

from collections.abc import Mapping, Sequence
from typing import Any

from payments.sandbox.store import Body

_NOT_USED: Mapping[str, Any] = {
    "adaptive_pricing": {"enabled": False},
    "after_expiration": None,
    "allow_promotion_codes": None,
    "billing_address_collection": None,
    "client_secret": None,
    "collected_information": None,
    "consent": None,
    "consent_collection": None,
    "currency_conversion": None,
    "customer": None,
    "customer_account": None,
    "customer_creation": "if_required",
    "discounts": [],
    "integration_identifier": None,
    "invoice": None,
    "invoice_creation": {
        "enabled": False,
        "invoice_data": {
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": None,
            "metadata": {},
            "rendering_options": None,
        },
    },
    "managed_payments": {"enabled": False},
    "origin_context": None,
    "payment_link": None,
    "payment_method_collection": "if_required",
    "payment_method_configuration_details": None,
    "permissions": None,
    "recovered_from": None,
    "saved_payment_method_options": None,
    "setup_intent": None,
    "shipping_address_collection": None,
    "shipping_cost": None,
    "shipping_options": [],
    "submit_type": None,
    "subscription": None,
    "wallet_options": None,
}


def checkout_session(
    session_id: str, url: str, created: int, expires_at: int, parameters: Mapping[str, Any], total: int
) -> Body:
    """An open session. `parameters` are the request's, already checked; `total` is in yen."""
    return {
        **_NOT_USED,
        "id": session_id,
        "object": "checkout.session",
        "allowed_payment_method_types": parameters.get("allowed_payment_method_types"),
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": parameters.get("cancel_url"),
        "client_reference_id": parameters.get("client_reference_id"),
        "created": created,
        "currency": "jpy",
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer_details": None,
        "customer_email": parameters.get("customer_email"),
        "expires_at": expires_at,
        "livemode": False,
        "locale": parameters.get("locale"),
        "metadata": parameters.get("metadata", {}),
        "mode": "payment",
        "payment_intent": None,
        "payment_method_options": parameters.get("payment_method_options", {}),
        "payment_method_types": parameters["payment_method_types"],
        "payment_status": "unpaid",
        "phone_number_collection": {"enabled": False},
        "status": "open",
        "success_url": parameters["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": url,
    }


def line_item(item_id: str, price_id: str, product_id: str, created: int, asked: Mapping[str, Any]) -> Body:
    """One line: its price × quantity in yen. `asked` is one checked entry of `line_items`."""
    data = asked["price_data"]
    unit, quantity = data["unit_amount"], asked["quantity"]
    price = {
        "id": price_id,
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": created,
        "currency": "jpy",
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": product_id,
        "recurring": None,
        "tax_behavior": "unspecified",
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": unit,
        "unit_amount_decimal": str(unit),
    }
    return {
        "id": item_id,
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": unit * quantity,
        "amount_tax": 0,
        "amount_total": unit * quantity,
        "currency": "jpy",
        "description": data["product_data"]["name"],
        "metadata": {},
        "price": price,
        "quantity": quantity,
    }


def total_of(items: Sequence[Body]) -> int:
    """What the lines come to, in yen."""
    return sum(item["amount_total"] for item in items)
