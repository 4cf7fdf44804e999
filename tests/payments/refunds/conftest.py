"""A paid case at a scripted provider, two people of finance, and the worker's hands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from payments import refunds
from payments.jobs import handlers
from payments.models import Discrepancy, Payment, Refund
from procedures.actors import Actor, posts
from procedures.jobs import run_one
from procedures.models import Job
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

TANAKA = Actor("staff", "tanaka-id", "田中", posts({"finance"}, {"*"}))
MORI = replace(TANAKA, id="mori-id", name="森")


@dataclass
class Desk:
    """What people of finance do, each step in its own transaction."""

    till: Till
    provider: ScriptedProvider

    def paid(self, method: str = "card", **answers: Any) -> str:
        """A paid case; its payment's row."""
        application_id = self.till.owing(**answers)
        return self.pay(application_id, method)

    def pay(self, application_id: str, method: str = "card", **how: Any) -> str:
        """The pay page is opened and paid; the payment's row."""
        checkout_id = str(self.till.open(application_id).url).rpartition("/")[2]
        return self.take(checkout_id, method, **how)

    def take(self, checkout_id: str, method: str = "card", **how: Any) -> str:
        """Somebody pays at this page, and the webhook arrives."""
        from payments.settlement import record

        taken = self.provider.pay(checkout_id, method, **how)
        with self.till.database.write() as session:
            record(session, self.provider.name, self.till.now, self.provider.states[checkout_id])
        return self.payment(taken.payment_id)

    def payment(self, provider_id: str) -> str:
        with self.till.database.read() as session:
            return session.scalar(select(Payment.id).where(Payment.payment_id == provider_id))

    def do(self, service: Callable[..., Any], actor: Actor, *arguments: Any) -> Any:
        with self.till.database.write() as session:
            return service(session, actor, self.till.now, *arguments)

    def request(self, payment_id: str, yen: int, reason: str = "withdrawn", *more: Any, by: Actor = TANAKA) -> str:
        return self.do(refunds.request, by, payment_id, yen, reason, *more)

    def approve(self, refund_id: str, by: Actor = MORI) -> None:
        self.do(refunds.approve, by, refund_id)

    def approved(self, payment_id: str, yen: int, *more: Any) -> str:
        refund_id = self.request(payment_id, yen, *more)
        self.approve(refund_id)
        return refund_id

    def sent(self, payment_id: str, yen: int, *more: Any) -> tuple[str, str]:
        """Our refund, and the provider's."""
        refund_id = self.approved(payment_id, yen, *more)
        self.till.work()
        return refund_id, str(self.row(refund_id).provider_refund_id)

    def hear(self, kind: str, object_id: str, event_id: str = "") -> None:
        """A webhook arrives, and the worker does what follows."""
        from payments.webhooks import receive

        payload = f"{event_id or f'{kind}-{object_id}'} {kind} {object_id}".encode()
        with self.till.database.write() as session:
            receive(session, self.provider, self.till.now, payload, "good")
        self.till.work()

    def confirmed(self, payment_id: str, yen: int, *more: Any) -> str:
        refund_id, theirs = self.sent(payment_id, yen, *more)
        self.provider.go_back(theirs)
        self.hear("refund.updated", theirs)
        return refund_id

    def row(self, refund_id: str) -> Refund:
        with self.till.database.read() as session:
            return session.get_one(Refund, refund_id)

    def status(self, refund_id: str) -> str:
        return self.row(refund_id).status

    def told(self) -> list[str]:
        """The kinds of notices about refunds that were queued."""
        with self.till.database.read() as session:
            rows = session.scalars(select(Job.payload).where(Job.kind == "notice.send").order_by(Job.created_at))
            return [row["kind"] for row in rows if row["kind"].startswith("refund")]

    def open_ones(self) -> list[str]:
        """What waits for a person."""
        with self.till.database.read() as session:
            return sorted(session.scalars(select(Discrepancy.kind).where(Discrepancy.resolved_at.is_(None))))

    def work_once(self) -> str | None:
        """One job, whatever it comes to."""
        quiet = dict.fromkeys(("notice.send", "certificate.issue"), lambda *_: None)
        return run_one(self.till.database, lambda: self.till.now, "worker", {**quiet, **handlers(self.provider)})


@pytest.fixture
def finance(counter: Till, scripted: ScriptedProvider) -> Desk:
    return Desk(counter, scripted)
