"""What the worker does for payments: handlers by kind, and what it does again and again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from payments import expiring
from payments.disputes.recording import note_state as note_dispute
from payments.disputes.sweep import sweep as sweep_disputes
from payments.endings import lapse_overdue
from payments.keeping import forget_names
from payments.ledger import carry_over_due
from payments.overdue import tell_overdue
from payments.providers import CheckoutState, Provider
from payments.reconciliation import import_transactions
from payments.refunds import sending
from payments.refunds.recording import note_state as note_refund
from payments.refunds.sweep import sweep as sweep_refunds
from payments.reminders import remind
from payments.settlement import record
from payments.sweep import sweep
from procedures.database import Database
from procedures.jobs import ClaimedJob, Finish, Handler
from procedures.periodics import Periodic, in_portions


def handlers(provider: Provider) -> Mapping[str, Handler]:
    """The handlers of payments' jobs at the provider by kind; the payload names an object of the provider, or a refund.

    None of them catches `ProviderUnavailable`: the outbox tries again, with pauses that grow.
    """
    return {
        "payment.settle": _asking(provider, provider.checkout),
        "payment.close": _asking(provider, provider.close_checkout),
        "refund.send": sending.handler(provider),
        "refund.note": _noting(provider, "refund", provider.refund, note_refund),
        "dispute.note": _noting(provider, "dispute", provider.dispute, note_dispute),
    }


def _asking(provider: Provider, ask: Callable[[str], CheckoutState]) -> Handler:
    """Ask the provider outside any transaction; what it says is recorded in the one that ends the job."""

    def handle(_database: Database, job: ClaimedJob, now: datetime) -> Finish:
        state = ask(job.payload["checkout"])

        def finish(session: Session) -> None:
            record(session, provider.name, now, state)

        return finish

    return handle


S = TypeVar("S")


def _noting(
    provider: Provider,
    name: str,
    ask: Callable[[str], S],
    note: Callable[[Session, str, datetime, S], object],
) -> Handler:
    """The same for a refund or a dispute: asked for outside any transaction, noted in the one that ends the job."""

    def handle(_database: Database, job: ClaimedJob, now: datetime) -> Finish:
        state = ask(job.payload[name])

        def finish(session: Session) -> None:
            note(session, provider.name, now, state)

        return finish

    return handle


def periodic(provider: Provider) -> tuple[Periodic, ...]:
    """What webhooks missed; what is unpaid: reminded of, lapsed, overdue, carried over; the provider's transactions."""
    return (
        Periodic("payment.sweep", timedelta(minutes=30), lambda database, now: sweep(database, provider, now)),
        Periodic("payment.lapse", timedelta(minutes=10), lambda database, now: lapse_overdue(database, provider, now)),
        Periodic("payment.overdue", timedelta(minutes=30), partial(_tell_overdue, provider)),
        Periodic("payment.carry", timedelta(hours=1), _carry),
        Periodic("payment.remind", timedelta(minutes=30), remind),
        Periodic("correction.remind", timedelta(minutes=30), expiring.remind),
        Periodic("correction.expire", timedelta(minutes=10), expiring.expire),
        Periodic("refund.sweep", timedelta(minutes=30), lambda database, now: sweep_refunds(database, provider, now)),
        Periodic("dispute.sweep", timedelta(hours=1), lambda database, now: sweep_disputes(database, provider, now)),
        Periodic("books.forget", timedelta(days=1), in_portions(forget_names)),
        Periodic("payment.import", timedelta(minutes=2), partial(_import, provider)),
    )


def _carry(database: Database, now: datetime) -> int:
    with database.write() as session:
        return carry_over_due(session, now)


def _tell_overdue(provider: Provider, database: Database, now: datetime) -> int:
    return tell_overdue(database, provider, now)


def _import(provider: Provider, database: Database, now: datetime) -> int:
    return import_transactions(database, provider, now)
