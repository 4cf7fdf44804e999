"""What a dispute does to the ledger: its movements, its fees, and the loss where it was lost."""

from datetime import datetime

from sqlalchemy.orm import Session

from payments.ledger import SUSPENSE, Entry, fee_account, post, posting_of, provider_account
from payments.ledger.accounts import LOSS, disputed_account
from payments.models import Dispute, DisputeMovement, Payment
from payments.refunds.sources import sources
from procedures.days import fiscal_year, tokyo_day

LOST, SETTLED = "dispute_lost", "dispute_settled"
WRITTEN_OFF_KIND, CLAIMED_AGAIN = "dispute_written_off", "dispute_claimed_again"


def post_movement(session: Session, now: datetime, dispute: Dispute, movement: DisputeMovement) -> None:
    """Withdrawn: from the provider's balance to what is disputed; reinstated: back. The fee stands on its own."""
    balance, held = provider_account(dispute.provider), disputed_account(dispute.provider)
    if movement.yen > 0 and posting_of(session, f"{LOST}:{dispute.id}") is not None:
        held = LOSS  # won after all, on appeal
    name = f"{dispute.provider}:{movement.transaction_id}"
    if movement.yen < 0:
        _post(session, now, "dispute_withdrawn", name, movement, Entry(held, balance, -movement.yen))
    elif movement.yen > 0:
        _post(session, now, "dispute_reinstated", name, movement, Entry(balance, held, movement.yen))
    fees = fee_account(dispute.provider)
    if movement.fee_yen > 0:
        _post(session, now, "dispute_fee", name, movement, Entry(fees, balance, movement.fee_yen))
    elif movement.fee_yen < 0:
        _post(session, now, "dispute_fee_back", name, movement, Entry(balance, fees, -movement.fee_yen))


def post_lost(session: Session, now: datetime, dispute: Dispute, payment: Payment | None, yen: int) -> int:
    """The `yen` that are gone: out of suspense where they lay there, for they are back with who paid; else a loss.

    Answers the loss in yen. Done once; doing so again answers 0.
    """
    if any(posting_of(session, f"{kind}:{dispute.id}") is not None for kind in (LOST, SETTLED)):
        return 0
    held = disputed_account(dispute.provider)
    free = sum(source.left for source in sources(session, payment)) if payment and payment.state == "suspense" else 0
    settled = min(yen, free)
    charge_id = payment.charge_id if payment else None
    today = tokyo_day(now)
    for kind, debit, part in ((SETTLED, SUSPENSE, settled), (LOST, LOSS, yen - settled)):
        if part:
            entry, year = Entry(debit, held, part), fiscal_year(today)
            source = f"{kind}:{dispute.id}"
            post(session, now, kind, source, [entry], day=today, fiscal_year=year, charge_id=charge_id)
    return yen - settled


def _post(session: Session, now: datetime, kind: str, name: str, movement: DisputeMovement, entry: Entry) -> None:
    day = tokyo_day(movement.moved_at)
    post(session, now, kind, f"{kind}:{name}", [entry], day=day, fiscal_year=fiscal_year(day))
