"""GET /finance/charges/<id>: one charge with its whole story."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response

from payments.history import steps_of
from payments.refunds import reading as refunds
from payments.refunds.reading import PaymentOffer
from payments.story import of_charge
from payments.views import DiscrepancyView
from procedures.authority import may
from web import looks
from web.access import policy
from web.context import TOKYO, current_actor, language, reading
from web.finance.frame import READER, blueprint, show
from web.finance.story import happenings


@dataclass(frozen=True, slots=True)
class Fall:
    """What is to be asked back of a payment; `settles` is the row of the worklist that is done with it."""

    payment: str
    yen: int
    settles: str


@blueprint.get("/finance/charges/<charge_id>")
@policy(READER)
def show_charge(charge_id: str) -> Response:
    """The charge, what happened to it, its entries. 404 for one that is not there."""
    with reading() as session:
        story, steps = of_charge(session, charge_id), steps_of(session, charge_id)
        given, offered = refunds.of_charge(session, charge_id), refunds.offers(session, charge_id)
    offers = [one for one in offered if one.left] if may(current_actor(), "finance.refund") else []
    looks.record(current_actor(), story.charge.application_id, "charge", charge_id)
    day = (story.charge.paid_at or story.charge.demanded_at).astimezone(TOKYO).date()
    return show(
        "charge.html",
        charge=story.charge,
        story=story,
        happened=happenings(story, steps, language()),
        day=day,
        refunds=given,
        offers=offers,
        falls={one.id: fall for one in story.discrepancies if (fall := _fall(one, offers))},
    )


def _fall(row: DiscrepancyView, offers: Sequence[PaymentOffer]) -> Fall | None:
    """The refund that a fallen fee asks for, as far as one payment can give it."""
    if row.kind != "fee_fell_after_correction" or row.resolved_at or not offers:
        return None
    yen = int(row.found) - int(row.expected)
    payment = max(offers, key=lambda one: one.left)
    return Fall(payment.id, min(yen, payment.left), row.id if payment.left >= yen else "")
