"""What the provider is asked for: fixed when an attempt begins, so that asking again is the same request."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from engine.fees import QuotedLine
from engine.words import say
from payments.providers import CheckoutOrder, Method, OrderLine
from payments.views import ChargeView
from procedures.days import tokyo_day

SHORTEST, LONGEST = timedelta(minutes=31), timedelta(hours=23, minutes=55)
"""How long a pay page may stay open; the provider's own limits are 30 minutes and 24 hours."""
KONBINI_YEN = range(120, 300_001)
"""What a konbini till takes."""
LONGEST_KONBINI_DAYS = 60
MOST_LINES = 100
"""What a Checkout Session takes in payment mode."""


def new_order(
    charge: ChargeView, now: datetime, success_url: str, cancel_url: str, language: str, email: str | None
) -> CheckoutOrder:
    """An order that ends with the charge's last day, or earlier, under the key of the first attempt.

    Somebody who comes in its last half hour gets the provider's shortest time; the lapse closes the pay page then.
    """
    days_left = (charge.due_on - tokyo_day(now)).days
    return CheckoutOrder(
        key=order_key(charge.id, 1),
        charge_id=charge.id,
        application_id=charge.application_id,
        reference=charge.reference,
        lines=_lines(charge, language),
        methods=_methods(charge, days_left),
        expires_at=(now + min(max(charge.due_at - now, SHORTEST), LONGEST)).replace(microsecond=0),
        konbini_days=min(max(days_left, 1), LONGEST_KONBINI_DAYS),
        success_url=success_url,
        cancel_url=cancel_url,
        language=language,
        email=email,
    )


def shared_order(
    charge: ChargeView, now: datetime, success_url: str, cancel_url: str, language: str, title: str
) -> CheckoutOrder:
    """An order for somebody else than the applicant: the sum alone under `title`, and no address of anybody."""
    order = new_order(charge, now, success_url, cancel_url, language, None)
    return replace(order, lines=(OrderLine(title, 1, charge.yen),))


def order_key(charge_id: str, attempt: int) -> str:
    """The idempotency key of an attempt."""
    return f"checkout-{charge_id}-{attempt}"


def _methods(charge: ChargeView, days_left: int) -> tuple[Method, ...]:
    """A konbini number lives until the end of a day, so on the last day there is none."""
    if charge.yen in KONBINI_YEN and days_left >= 1:
        return ("card", "konbini", "paypay")
    return ("card", "paypay")


def _lines(charge: ChargeView, language: str) -> tuple[OrderLine, ...]:
    """The bill's lines; one line with the sum where they do not add up to it, or are too many for a pay page."""
    shown = [line for line in charge.lines if line.yen]
    if charge.waived_yen or sum(line.yen for line in shown) != charge.yen or len(shown) > MOST_LINES:
        titles = dict.fromkeys(line.title.say(language) for line in shown)
        return (OrderLine("、".join(titles), 1, charge.yen),)
    return tuple(
        OrderLine(_title(line, language), line.count, line.unit_yen)
        if line.count * line.unit_yen == line.yen
        else OrderLine(_title(line, language), 1, line.yen)
        for line in shown
    )


def _title(line: QuotedLine, language: str) -> str:
    """What is paid for, and where it is charged by groups, for which."""
    title = line.title.say(language)
    return title if line.group is None else say("fees.of_line", language, title=title, group=line.group.say(language))


def freeze(order: CheckoutOrder) -> dict[str, Any]:
    """The order as it is kept; the e-mail address is not, it stands with the case."""
    kept = asdict(order) | {"expires_at": order.expires_at.isoformat()}
    del kept["email"]
    return kept


def thaw(kept: dict[str, Any], email: str | None) -> CheckoutOrder:
    """The way back of `freeze`."""
    return CheckoutOrder(
        **kept
        | {
            "lines": tuple(OrderLine(**line) for line in kept["lines"]),
            "methods": tuple(kept["methods"]),
            "expires_at": datetime.fromisoformat(kept["expires_at"]),
            "email": email,
        }
    )
