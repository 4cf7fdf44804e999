"""Money that goes astray in the world: a refund asked for, and a dispute that was lost, for the worklist."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from payments import refunds
from payments.disputes.recording import note_state
from payments.models import Payment
from tests.conftest import PEOPLE

if TYPE_CHECKING:
    from tests.hold.world import World


def go_astray(world: "World") -> None:
    """Of the first two payments: some of one is to be given back, the other is taken back by the payer's bank."""
    now = world.clock()
    with world.database.write() as session:
        first, second = session.scalars(select(Payment).order_by(Payment.recorded_at, Payment.id).limit(2)).all()
        refunds.request(session, PEOPLE["tanaka"], now, first.id, 1, "our_mistake")
        opened = world.provider.open_dispute(second.payment_id, second.yen)
        note_state(session, world.provider.name, now, opened)
        lost = world.provider.decide(opened.id, "lost")
        note_state(session, world.provider.name, now, lost)
