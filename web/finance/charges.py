"""GET /finance/charges/<id>: one charge with its whole story."""

from flask import Response

from payments.history import steps_of
from payments.refunds import reading as refunds
from payments.story import of_charge
from web import looks
from web.access import policy
from web.context import TOKYO, current_actor, language, reading
from web.finance.frame import AUDITOR, FINANCE, blueprint, show
from web.finance.story import happenings


@blueprint.get("/finance/charges/<charge_id>")
@policy(FINANCE, AUDITOR)
def show_charge(charge_id: str) -> Response:
    """The charge, what happened to it, its entries. 404 for one that is not there."""
    with reading() as session:
        story, steps = of_charge(session, charge_id), steps_of(session, charge_id)
        given, offered = refunds.of_charge(session, charge_id), refunds.offers(session, charge_id)
    looks.record(current_actor(), story.charge.application_id, "charge", charge_id)
    day = (story.charge.paid_at or story.charge.demanded_at).astimezone(TOKYO).date()
    return show(
        "charge.html",
        charge=story.charge,
        story=story,
        happened=happenings(story, steps, language()),
        day=day,
        refunds=given,
        offers=[one for one in offered if one.left] if "finance" in current_actor().roles else [],
    )
