"""What the provider is asked for: fixed when an attempt begins, so that asking again is the same request."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from engine.fees import QuotedLine
from engine.words import say
from payments.days import end_of
from payments.providers import CheckoutOrder, Method, OrderLine
from payments.views import ChargeView
from procedures.days import tokyo_day

SHORTEST, LONGEST = timedelta(minutes=31), timedelta(hours=23, minutes=55)
"""How long a pay page may stay open; the provider's own limits are 30 minutes and 24 hours."""
KONBINI_YEN = range(120, 300_001)
"""What a konbini till takes."""
LONGEST_KONBINI_DAYS = 60
LATE = timedelta(days=3)
"""How long a konbini number lives that is for something whose day is over."""
MOST_LINES = 100
"""What a Checkout Session takes in payment mode."""


def new_order(
    charges: Sequence[ChargeView], now: datetime, success_url: str, cancel_url: str, language: str, email: str | None
) -> CheckoutOrder:
    """An order for charges of one case, oldest first, that ends with the first last day of any, or earlier.

    Somebody who comes in its last half hour gets the provider's shortest time; the lapse closes the pay page then.
    """
    first, last_day = charges[0], min(_last_day(charge, now) for charge in charges)
    days_left = (last_day - tokyo_day(now)).days
    return CheckoutOrder(
        key=order_key(first.id, 1),
        charge_id=first.id,
        shares={charge.id: charge.yen for charge in charges},
        application_id=first.application_id,
        reference=first.reference,
        lines=_all_lines(charges, language),
        methods=_methods(sum(charge.yen for charge in charges), days_left),
        expires_at=(now + min(max(end_of(last_day) - now, SHORTEST), LONGEST)).replace(microsecond=0),
        konbini_days=min(max(days_left, 1), LONGEST_KONBINI_DAYS),
        success_url=success_url,
        cancel_url=cancel_url,
        language=language,
        email=email,
    )


def _last_day(charge: ChargeView, now: datetime) -> date:
    """The last day to pay; who is late gets some days from now."""
    return charge.due_on if charge.due_at > now else tokyo_day(now) + LATE


def shared_order(
    charges: Sequence[ChargeView], now: datetime, success_url: str, cancel_url: str, language: str, title: str
) -> CheckoutOrder:
    """An order for somebody else than the applicant: the sum alone under `title`, and no address of anybody."""
    order = new_order(charges, now, success_url, cancel_url, language, None)
    return replace(order, lines=(OrderLine(title, 1, sum(order.shares.values())),))


def order_key(charge_id: str, attempt: int) -> str:
    """The idempotency key of an attempt."""
    return f"checkout-{charge_id}-{attempt}"


def _methods(yen: int, days_left: int) -> tuple[Method, ...]:
    """A konbini number lives until the end of a day, so on the last day there is none."""
    if yen in KONBINI_YEN and days_left >= 1:
        return ("card", "konbini", "paypay")
    return ("card", "paypay")


def _all_lines(charges: Sequence[ChargeView], language: str) -> tuple[OrderLine, ...]:
    """The lines of every bill; where that is too much for a pay page, one line a bill."""
    lines = tuple(line for charge in charges for line in _lines(charge, language))
    return lines if len(lines) <= MOST_LINES else tuple(_sum(charge, language) for charge in charges)


def _sum(charge: ChargeView, language: str) -> OrderLine:
    titles = dict.fromkeys(line.title.say(language) for line in charge.lines if line.yen)
    return OrderLine("、".join(titles), 1, charge.yen)


def _lines(charge: ChargeView, language: str) -> tuple[OrderLine, ...]:
    """The bill's lines; one line with the sum where they do not add up to it."""
    shown = [line for line in charge.lines if line.yen]
    if charge.waived_yen or sum(line.yen for line in shown) != charge.yen:
        return (_sum(charge, language),)
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
    """The order as it is kept: without the e-mail address, that stands with the case, and the shares in their table."""
    kept = asdict(order) | {"expires_at": order.expires_at.isoformat()}
    del kept["email"], kept["shares"]
    return kept


def thaw(kept: dict[str, Any], shares: Mapping[str, int], email: str | None) -> CheckoutOrder:
    """The way back of `freeze`."""
    return CheckoutOrder(
        **kept
        | {
            "lines": tuple(OrderLine(**line) for line in kept["lines"]),
            "methods": tuple(kept["methods"]),
            "expires_at": datetime.fromisoformat(kept["expires_at"]),
            "shares": dict(shares),
            "email": email,
        }
    )
