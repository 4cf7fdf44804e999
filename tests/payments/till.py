"""A till: cases that owe money and their payer, each step taken as the web and the worker take it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from engine.fees import FeeQuote, QuotedLine
from engine.model import Text
from payments import cases, charges, doctor
from payments.charges import Opened, demand
from payments.jobs import handlers
from payments.ledger import balances
from payments.models import Discrepancy, LedgerPosting, Payment, PaymentShare
from payments.providers import Provider
from payments.settlement import record
from payments.views import ChargeView
from procedures import decisions
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.jobs import run_one
from procedures.models import Application, Person
from tests.procedures.conftest import Desk

SUCCESS, CANCEL = "http://127.0.0.1:9/back?s={CHECKOUT_SESSION_ID}", "http://127.0.0.1:9/cancel"


@dataclass
class Till:
    """Everything that a test of money does, at the moment `now`."""

    database: Database
    desk: Desk
    provider: Provider
    now: datetime
    reached: list[str] = field(default_factory=list)

    def owing(self, name: str = "permit", actor: Actor | None = None, **answers: Any) -> str:
        """A case that waits for its fee; `proof` after its approval."""
        owner = actor or self.desk.people.hanako
        application_id = self.desk.draft(name, actor, **answers)
        with self.database.write() as session:
            session.execute(update(Person).where(Person.id == owner.id).values(assurance="high"))
            cases.submit(session, owner, self.now, application_id, 2, "確認しました")
        if name == "proof":
            self._approve(application_id)
        return application_id

    def further(self, application_id: str, yen: int, *, account: str = "1201-04", days: int = 30) -> str:
        """Something more that the case owes: a difference, to be paid within so many days."""
        self.later(minutes=1)
        day = tokyo_day(self.now)
        line = QuotedLine(
            id="more", title=Text("差額", {}), law="条例", account=account, count=1, unit_yen=yen, yen=yen
        )
        with self.database.write() as session:
            quote, pay_by = FeeQuote((line,), 0, yen), day + timedelta(days=days)
            return demand(session, SYSTEM, self.now, application_id, "difference", quote, pay_by)

    def page(self, application_id: str, **how: Any) -> str:
        """The provider's id of the pay page that "pay" leads to."""
        return str(self.open(application_id, **how).url).rpartition("/")[2]

    def tell(self, page: str) -> None:
        """The provider is asked, and its answer recorded."""
        state = self.provider.checkout(page)
        with self.database.write() as session:
            record(session, self.provider.name, self.now, state)

    def charges(self, application_id: str) -> list[ChargeView]:
        """Every charge of a case, oldest first."""
        with self.database.read() as session:
            return charges.for_application(session, application_id)

    def shares(self) -> dict[str, int]:
        """Yen that every charge got."""
        with self.database.read() as session:
            return {row.charge_id: row.yen for row in session.scalars(select(PaymentShare))}

    def _approve(self, application_id: str) -> None:
        from procedures import cases as clerks

        people = self.desk.people
        with self.database.write() as session:
            clerks.claim(session, people.sato, self.now, application_id)
        with self.database.write() as session:
            proposal = decisions.propose(session, people.sato, self.now, application_id, "approve", (), "適正")
        with self.database.write() as session:
            cases.approve(session, people.suzuki, self.now, application_id, proposal)

    def open(self, application_id: str, *, actor: Actor | None = None, another_way: bool = False) -> Opened:
        """Click on "pay"."""
        return charges.open_checkout(
            self.database,
            self.provider,
            actor or self.desk.people.hanako,
            self.now,
            application_id,
            success_url=SUCCESS,
            cancel_url=CANCEL,
            another_way=another_way,
        )

    def withdraw(self, application_id: str) -> None:
        """The applicant takes the case back."""
        with self.database.write() as session:
            cases.withdraw(session, self.desk.people.hanako, self.now, application_id)

    def work(self) -> list[str]:
        """The worker does every job of payments that is due."""
        known = handlers(self.provider)
        quiet = dict.fromkeys(("notice.send", "certificate.issue"), lambda *_: None)
        done = []
        while kind := run_one(self.database, lambda: self.now, "worker", {**quiet, **known}):
            done.append(kind)
        return [kind for kind in done if kind in known]

    def later(self, **span: float) -> None:
        """Time passes for us; the sandbox has its own clock."""
        self.now += timedelta(**span)

    def charge(self, application_id: str) -> ChargeView:
        """The newest charge of a case."""
        with self.database.read() as session:
            return charges.for_application(session, application_id)[-1]

    def status(self, application_id: str) -> str:
        """Where the case stands."""
        with self.database.read() as session:
            return session.scalar(select(Application.status).where(Application.id == application_id))

    def postings(self) -> list[str]:
        """The kinds of postings, in their order."""
        with self.database.read() as session:
            return list(session.scalars(select(LedgerPosting.kind).order_by(LedgerPosting.id)))

    def payments(self) -> list[tuple[str, int]]:
        """State and yen of every payment."""
        with self.database.read() as session:
            return [(row.state, row.yen) for row in session.scalars(select(Payment).order_by(Payment.state))]

    def discrepancies(self) -> list[str]:
        """What waits for a person."""
        with self.database.read() as session:
            return list(session.scalars(select(Discrepancy.kind).order_by(Discrepancy.kind)))

    def balances(self) -> dict[str, int]:
        """The accounts that do not stand at zero."""
        with self.database.read() as session:
            return {code: yen for code, yen in balances(session).items() if yen}

    def is_sound(self) -> None:
        """Nothing that the data check would find, and a ledger that sums to zero."""
        with self.database.read() as session:
            assert doctor.run(session) == []
        assert sum(self.balances().values()) == 0
