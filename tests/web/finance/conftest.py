"""Charges that are demanded, paid and imported, as the web and the worker do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from payments import charges
from payments.jobs import handlers
from payments.reconciliation import import_transactions
from payments.views import ChargeView
from payments.webhooks import receive
from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import StaffRole
from tests.payments.scripted import ScriptedProvider
from tests.web.browsing import Browser
from tests.web.casework import Casework
from tests.web.conftest import Clock

AWAY = "http://127.0.0.1:9/back"


@dataclass
class Money:
    """What happens to a charge, with a provider that does what it is told."""

    casework: Casework
    provider: ScriptedProvider
    clock: Callable[[], object]

    def charge(self, application_id: str) -> ChargeView:
        """The newest charge of a case."""
        with self.casework.database.read() as session:
            return charges.for_application(session, application_id)[-1]

    def open(self, application_id: str) -> str:
        """Open the pay page; returns the provider's number of the checkout."""
        actor, now = self.casework.people["hanako"], self.casework.now
        database = self.casework.database
        opened = charges.open_checkout(
            database, self.provider, actor, now, application_id, success_url=AWAY, cancel_url=AWAY
        )
        return opened.url.rpartition("/")[2]

    def pay(self, application_id: str, method: str = "card", yen: int | None = None) -> str:
        """Pay, and let the worker settle what the webhook tells; returns the checkout's number."""
        checkout = self.open(application_id)
        self.provider.pay(checkout, method, yen=yen)
        payload = f"evt_{checkout} checkout.session.completed {checkout}".encode()
        with self.casework.database.write() as session:
            receive(session, self.provider, self.casework.now, payload, "good")
        quiet = dict.fromkeys(("notice.send", "certificate.issue"), lambda *_: None)
        known = {**quiet, **handlers(self.provider)}
        while run_one(self.casework.database, lambda: self.casework.now, "w", known):
            pass
        return checkout

    def bring_in(self) -> None:
        """Import the provider's list, as of a day later."""
        later = self.casework.now + timedelta(days=1)
        import_transactions(self.casework.database, self.provider, later)


@pytest.fixture
def money(casework: Casework, clock: Clock) -> Money:
    """A till beside the desk."""
    return Money(casework, ScriptedProvider(casework.now), clock)


@pytest.fixture
def auditor(browser: Callable[..., Browser], database: Database) -> Browser:
    """The browser of somebody who reads everything and changes nothing: Kimura, for once."""
    with database.write() as session:
        session.add(StaffRole(person_id="kimura", role="auditor", office="*"))
    return browser("kimura")
