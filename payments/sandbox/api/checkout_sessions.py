"""`/v1/checkout/sessions`: create, expire, line items."""

from collections.abc import Mapping
from typing import Any

from payments.sandbox.cashier.sessions import expire_session, find_session, open_session
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import ApiError, invalid
from payments.sandbox.wire.expanding import expanded, line_items_of
from payments.sandbox.wire.forms import integer, mapping, metadata, one_of, only, required

SHORTEST, LONGEST = 1_800, 86_400  # seconds for which a session may stay open
METHODS = ("card", "konbini", "paypay")
OPTIONS = ("konbini",)  # the one way to pay whose options are spoken
LEAST_TOTAL = 50  # yen
KONBINI_LIMITS = (120, 300_000)  # yen
LOCALES = ("auto", "en", "ja", "ko", "zh")
PARAMETERS = (
    "allowed_payment_method_types",
    "cancel_url",
    "client_reference_id",
    "currency",
    "customer_email",
    "expand",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "payment_method_options",
    "success_url",
    "ui_mode",
)
ITEM_PARAMETERS = ("price_data", "quantity")
PRICE_PARAMETERS = ("currency", "product_data", "unit_amount")
LINE_ITEM_PARAMETERS = ("limit", "starting_after", "ending_before", "expand")
INTENT_PARAMETERS = ("description", "metadata", "receipt_email")


def create(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """Open a session."""
    checked = _checked(sandbox, parameters)
    return expanded(sandbox, open_session(sandbox, checked), parameters)


def expire(sandbox: Sandbox, parameters: dict[str, Any], session_id: str) -> Body:
    """Close an open session."""
    only(parameters, ("expand",))
    return expanded(sandbox, expire_session(sandbox, find_session(sandbox, session_id)), parameters)


def line_items(sandbox: Sandbox, parameters: dict[str, Any], session_id: str) -> Body:
    """What is paid for."""
    only(parameters, LINE_ITEM_PARAMETERS)
    find_session(sandbox, session_id)
    return line_items_of(sandbox, session_id, parameters)


def _checked(sandbox: Sandbox, given: Mapping[str, Any]) -> dict[str, Any]:
    if "payment_method_types" in given:
        message = "payment_method_types is no longer supported. Use allowed_payment_method_types."
        raise invalid("payment_method_types", message, "payment_method_types_no_longer_supported")
    only(given, PARAMETERS)
    one_of(required(given, "mode"), "mode", ("payment",))
    one_of(given.get("ui_mode", "hosted_page"), "ui_mode", ("hosted_page",))
    if "locale" in given:
        one_of(given["locale"], "locale", LOCALES)
    items = _items(required(given, "line_items"))
    total = _total(items)
    checked = dict(given) | {
        "success_url": _address(required(given, "success_url"), "success_url"),
        "line_items": items,
        "expires_at": _expiry(sandbox, given.get("expires_at")),
        "metadata": metadata(given),
        "payment_method_types": _methods(given.get("allowed_payment_method_types", METHODS), total),
        "payment_method_options": _options(given.get("payment_method_options", {})),
        "payment_intent_data": _intent_data(given.get("payment_intent_data", {})),
    }
    if "cancel_url" in given:
        _address(given["cancel_url"], "cancel_url")
    return checked


def _address(value: Any, param: str) -> str:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        raise invalid(param, "Not a valid URL", "url_invalid")
    return value


def _items(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise invalid("line_items", "Invalid array")
    return [_item(mapping(entry, f"line_items[{place}]"), f"line_items[{place}]") for place, entry in enumerate(value)]


def _item(entry: dict[str, Any], where: str) -> dict[str, Any]:
    only(entry, ITEM_PARAMETERS, where)
    price_at = f"{where}[price_data]"
    price = mapping(required(entry, "price_data", where), price_at)
    only(price, PRICE_PARAMETERS, price_at)
    one_of(required(price, "currency", price_at), f"{price_at}[currency]", ("jpy",))
    product = mapping(required(price, "product_data", price_at), f"{price_at}[product_data]")
    only(product, ("name", "description"), f"{price_at}[product_data]")
    required(product, "name", f"{price_at}[product_data]")
    amount = integer(required(price, "unit_amount", price_at), f"{price_at}[unit_amount]", least=0, most=99_999_999)
    quantity = integer(required(entry, "quantity", where), f"{where}[quantity]", least=1)
    return {"price_data": price | {"unit_amount": amount}, "quantity": quantity}


def _expiry(sandbox: Sandbox, value: Any) -> int:
    now = sandbox.clock.now()
    if value is None:
        return now + LONGEST
    moment = integer(value, "expires_at")
    readings = (now, now - sandbox.clock.moved)  # who asks may not have moved their clock along with ours
    if not any(seen + SHORTEST - 5 <= moment <= seen + LONGEST + 5 for seen in readings):  # requests take a moment
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours after Checkout Session creation."
        raise invalid("expires_at", message)
    return moment


def _methods(value: Any, total: int) -> list[str]:
    """Those of the allowed ways that can take this amount: Stripe leaves the others out without a word."""
    if not isinstance(value, (list, tuple)) or not value:
        raise invalid("allowed_payment_method_types", "Invalid array")
    allowed = [one_of(entry, "allowed_payment_method_types", METHODS) for entry in value]
    least, most = KONBINI_LIMITS
    fitting = [method for method in allowed if method != "konbini" or least <= total <= most]
    if not fitting:
        raise invalid("allowed_payment_method_types", "No valid payment method types for this Checkout Session.")
    return fitting


def _options(value: Any) -> dict[str, Any]:
    options = mapping(value, "payment_method_options")
    only(options, OPTIONS, "payment_method_options")
    if "konbini" not in options:
        return options
    konbini = mapping(options["konbini"], "payment_method_options[konbini]")
    only(konbini, ("expires_after_days",), "payment_method_options[konbini]")
    days = konbini.get("expires_after_days", "3")
    where = "payment_method_options[konbini][expires_after_days]"
    return options | {"konbini": {"expires_after_days": integer(days, where, least=1, most=60)}}


def _intent_data(value: Any) -> dict[str, Any]:
    data = mapping(value, "payment_intent_data")
    only(data, INTENT_PARAMETERS, "payment_intent_data")
    return data | {"metadata": metadata(data, "payment_intent_data[metadata]")}


def _total(items: list[dict[str, Any]]) -> int:
    total = sum(item["price_data"]["unit_amount"] * item["quantity"] for item in items)
    if total < LEAST_TOTAL:
        message = f"The Checkout Session's total amount must be at least ¥{LEAST_TOTAL}."
        raise ApiError(400, message, code="amount_too_small")
    return total
