"""Finding what webhooks missed: new disputes, and news of those that are not closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from payments.disputes.recording import note_state
from payments.models import Dispute
from payments.providers import DisputeState, Provider, ProviderRefused
from payments.providers.disputes import CLOSED
from procedures.database import Database

FIRST_TIME = timedelta(days=180)
OVERLAP = timedelta(days=7)
"""How far each look reaches back behind the newest that is known."""
APPEAL = timedelta(days=60)
"""So long a closed one is asked for as well: its money may come late, or an appeal reopen it."""
RECENT = timedelta(minutes=10)
AT_ONCE = 200


def sweep(database: Database, provider: Provider, now: datetime) -> int:
    """Ask for disputes that are new and that may change; answers how many were told. Outside any transaction.

    Raises `ProviderUnavailable`; what was done until then stays.
    """
    with database.read() as session:
        since, waiting = _since(session, provider.name, now), _waiting(session, provider.name, now)
    told = list(provider.disputes(since))
    seen = {state.id for state in told}
    told += [state for state in (_ask(provider, one) for one in waiting if one not in seen) if state is not None]
    for state in told:
        with database.write() as session:
            note_state(session, provider.name, now, state)
    return len(told)


def _since(session: Session, provider: str, now: datetime) -> datetime:
    newest = session.scalar(select(func.max(Dispute.opened_at)).where(Dispute.provider == provider))
    return newest - OVERLAP if newest else now - FIRST_TIME


def _waiting(session: Session, provider: str, now: datetime) -> Sequence[str]:
    may_change = or_(Dispute.status.not_in(CLOSED), Dispute.closed_at > now - APPEAL)
    query = (
        select(Dispute.dispute_id)
        .where(Dispute.provider == provider, may_change, Dispute.checked_at <= now - RECENT)
        .order_by(Dispute.checked_at)
        .limit(AT_ONCE)
    )
    return session.scalars(query).all()


def _ask(provider: Provider, dispute_id: str) -> DisputeState | None:
    try:
        return provider.dispute(dispute_id)
    except ProviderRefused:
        return None
