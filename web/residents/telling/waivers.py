"""Reductions on residents' pages: what can be asked for and where, what is asked for, and until when it is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.calendar import add_business_days
from engine.fees import FeeQuote, offered
from engine.model import Procedure, Text
from web.forms.naming import anchor_of
from web.residents.filling.drafted import Filling
from web.residents.filling.way import pages_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A reduction that is not asked for yet, with the page of its question."""

    title: Text
    law: str | None
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is said beside the fee before it is submitted. `until` is by when the office decides on what is asked."""

    offers: tuple[Offer, ...]
    until: date | None
    after_review: bool


def offers(filling: Filling) -> tuple[Offer, ...]:
    """What could be asked for, each with the way to its question and back to the check page."""
    pages = {asked.id: page for page in pages_of(filling.journey) if page.list is None for asked in page.fields}
    return tuple(
        Offer(
            one.waiver.title,
            one.waiver.law,
            f"{pages[one.asked].address(filling.id, then='check')}#{anchor_of(one.asked)}",
        )
        for one in offered(filling.procedure, filling.journey)
        if one.asked in pages
    )


def asked_told(procedure: Procedure, bill: FeeQuote | None, today: date, found: Sequence[Offer]) -> Told | None:
    """What is said on the check page; None for a procedure whose reductions nobody decides."""
    decisions = {one.id: one.decision for one in (procedure.fees.waivers if procedure.fees else ()) if one.decision}
    if procedure.fees is None or not decisions:
        return None
    asked = [decisions[one.id].days for one in (bill.asked if bill else ())]
    until = add_business_days(today, max(asked)) if asked else None
    return Told(tuple(found), until, procedure.fees.after_review)
