"""GET /finance/payable: the payments that the provider has and pays out next."""

from flask import Response

from payments.closing.computing import sheet_of
from payments.today import next_payout, payments_payable
from web import looks
from web.access import policy
from web.context import current_actor, now, reading, today
from web.finance.frame import READER, blueprint, show

MOST = 200


@blueprint.get("/finance/payable")
@policy(READER)
def list_payable() -> Response:
    """What becomes payable on the next day of payouts: each payment with its fee, and the sum."""
    with reading() as session:
        payout = next_payout(session, now())
        rows = payments_payable(session, now(), payout.day, MOST) if payout else []
        held = [line for line in sheet_of(session, today()).accounts if line.code.startswith("provider:")]
    looks.record_all(current_actor(), [row.application_id for row in rows if row.application_id], "payable")
    return show("payable.html", payout=payout, rows=rows, held=held, day=today())
