"""Finding out the provider's id of an attempt whose answer we never wrote down."""

from datetime import datetime

from payments.checkouts import attempts
from payments.checkouts.attempts import Attempt
from payments.providers import Provider, ProviderRefused
from procedures.database import Database


def resolve(database: Database, provider: Provider, now: datetime, attempt: Attempt) -> str | None:
    """The checkout's id at the provider; None when there never was one. Call it outside any transaction.

    The same order under the same key either gets the answer that was lost, or opens the pay page now, or is refused
    because it came too late: then nobody ever had its address. Raises `ProviderUnavailable`.
    """
    if attempt.session_id is not None:
        return attempt.session_id
    try:
        state = provider.open_checkout(attempt.order)
    except ProviderRefused:
        with database.write() as session:
            attempts.give_up(session, now, attempt.id)
        return None
    with database.write() as session:
        attempts.note_state(session, now, attempt.id, state)
    return state.id
