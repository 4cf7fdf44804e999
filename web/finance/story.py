"""A charge's story as one row of happenings, oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.words import say
from payments.history import Step
from payments.story import ChargeStory, CheckoutView, EventView, PaymentView
from payments.views import PostingView
from web.finance.names import checkout_name, method_name, posting_name
from web.pages.rendering import show_moment, yen


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `detail` in words, `code` the provider's or our number of it."""

    at: datetime
    title: str
    detail: str
    code: str | None


def happenings(story: ChargeStory, steps: Sequence[Step], language: str) -> list[Happening]:
    """Everything that happened to the charge; what happened at one moment keeps the order of cause and effect."""
    found = [
        *(_posting(posting, language) for posting in story.postings if posting.kind == "demand"),
        *(_checkout(checkout, language) for checkout in story.checkouts),
        *(_event(event, language) for event in story.events),
        *(_payment(payment, language) for payment in story.payments),
        *(_step(step, language) for step in steps),
        *(_posting(posting, language) for posting in story.postings if posting.kind != "demand"),
    ]
    return sorted(found, key=lambda happening: happening.at)


def _step(step: Step, language: str) -> Happening:
    who = say("finance.step_by", language, name=step.who) if step.who else ""
    amount = yen(step.yen, language) if step.yen is not None else ""
    detail = "　".join(part for part in (amount, who, step.note) if part)
    return Happening(step.at, say(f"finance.step_{step.kind}", language), detail, step.code or None)


def _posting(posting: PostingView, language: str) -> Happening:
    total = yen(sum(entry.yen for entry in posting.entries), language)
    detail = say("finance.posted", language, yen=total)
    return Happening(posting.at, posting_name(posting.kind, language), detail, None)


def _checkout(checkout: CheckoutView, language: str) -> Happening:
    detail = say(
        "finance.checkout_detail",
        language,
        status=checkout_name(checkout.status, language),
        until=show_moment(checkout.expires_at, language),
    )
    title = say("finance.checkout_opened", language, attempt=checkout.attempt)
    return Happening(checkout.opened_at, title, detail, checkout.session_id)


def _event(event: EventView, language: str) -> Happening:
    handled = event.handled_at
    detail = (
        say("finance.event_handled", language, moment=show_moment(handled, language))
        if handled
        else say("finance.event_waits", language)
    )
    return Happening(event.received_at, say("finance.event_arrived", language, kind=event.kind), detail, event.id)


def _payment(payment: PaymentView, language: str) -> Happening:
    title = say(
        "finance.payment_taken", language, method=method_name(payment.method, language), yen=yen(payment.yen, language)
    )
    if payment.voided:
        detail = say("finance.payment_voided", language)
    else:
        detail = say("finance.payment_suspense", language) if payment.in_suspense else _fee(payment, language)
    return Happening(payment.captured_at, title, detail, payment.payment_id)


def _fee(payment: PaymentView, language: str) -> str:
    """What the provider keeps, and what of the money is for other charges."""
    told = []
    if payment.share_yen not in (0, payment.yen):
        told.append(say("finance.payment_share", language, yen=yen(payment.share_yen, language)))
    if payment.fee_yen:
        told.append(say("finance.payment_fee", language, yen=yen(payment.fee_yen, language)))
    return " ".join(told)
