"""Money that was paid, a second person of finance, and the worker's hands."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from payments.jobs import handlers
from payments.models import Payment, Refund
from payments.webhooks import receive
from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import Person, StaffRole
from tests.web.browsing import Browser
from tests.web.casework import DOG
from tests.web.finance.conftest import Money, auditor, money

__all__ = ["auditor", "money"]


@pytest.fixture
def mori(money: Money, browser: Callable[..., Browser]) -> Browser:
    """The browser of the second person of finance."""
    with money.casework.database.write() as session:
        row = {"id": "mori", "issuer": "https://issuer.test", "subject": "mori", "name": "森 会計", "assurance": "high"}
        session.add(Person(**row, created_at=money.casework.now, seen_at=money.casework.now))
        session.flush()
        session.add(StaffRole(person_id="mori", role="finance", office="*"))
    return browser("mori")


class Paid:
    """A case whose fee is paid."""

    def __init__(self, money: Money, method: str = "card") -> None:
        self.money = money
        self.case = money.casework.file(DOG)
        self.checkout = money.pay(self.case.application_id, method)
        self.charge = money.charge(self.case.application_id)

    @property
    def database(self) -> Database:
        return self.money.casework.database

    @property
    def payment(self) -> str:
        with self.database.read() as session:
            return str(session.scalar(select(Payment.id).where(Payment.charge_id == self.charge.id)))

    @property
    def refund(self) -> str:
        """The newest one."""
        with self.database.read() as session:
            query = select(Refund.id).order_by(Refund.requested_at.desc(), Refund.instead_of.is_(None)).limit(1)
            return str(session.scalar(query))

    def work(self) -> None:
        """The worker does what is due."""
        quiet = dict.fromkeys(("notice.send", "certificate.issue"), lambda *_: None)
        known = {**quiet, **handlers(self.money.provider)}
        while run_one(self.database, lambda: self.money.casework.now, "w", known):
            continue

    def hear(self, kind: str, object_id: str) -> None:
        """A webhook arrives."""
        payload = f"evt_{kind}_{object_id} {kind} {object_id}".encode()
        with self.database.write() as session:
            receive(session, self.money.provider, self.money.casework.now, payload, "good")
        self.work()


@pytest.fixture
def paid(money: Money) -> Paid:
    return Paid(money)
