"""/counter/entries/<id>/charges/<charge>/receipt: the receipt for the payer who stands there."""

from flask import Response
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from payments.models import Charge, CounterEntry, PaymentShare
from procedures.authority import may
from procedures.errors import NotFound
from web import receipting
from web.access import policy
from web.context import current_actor, reading
from web.counter.frame import CASHIER, blueprint
from web.receipting import Door

HERE = "/counter/entries/<entry_id>/charges/<charge_id>/receipt"


@blueprint.get(HERE)
@policy(CASHIER)
def counter_receipt(entry_id: str, charge_id: str) -> Response:
    """Where it stands."""
    return receipting.show(_door(entry_id, charge_id))


@blueprint.post(HERE)
@policy(CASHIER)
def ask_for_counter_receipt(entry_id: str, charge_id: str) -> AnyResponse:
    """Issue it, or issue it again."""
    return receipting.ask(_door(entry_id, charge_id))


@blueprint.get(HERE + "/<copy_id>")
@policy(CASHIER)
def counter_receipt_file(entry_id: str, charge_id: str, copy_id: str) -> Response:
    """The PDF."""
    return receipting.fetch(_door(entry_id, charge_id), copy_id)


def _door(entry_id: str, charge_id: str) -> Door:
    """Of what was paid at a counter of the cashier's. Raises `NotFound`."""
    query = (
        select(CounterEntry.office, Charge.payer)
        .join(PaymentShare, PaymentShare.payment_id == CounterEntry.payment_id)
        .join(Charge, Charge.id == PaymentShare.charge_id)
        .where(CounterEntry.id == entry_id, Charge.id == charge_id)
    )
    with reading() as session:
        row = session.execute(query).one_or_none()
    if row is None or not may(current_actor(), "counter.take", row):
        raise NotFound(charge_id)
    here = f"/counter/entries/{entry_id}/charges/{charge_id}/receipt"
    return Door(charge_id, None, here, f"/counter?office={row.office}", row.payer)
