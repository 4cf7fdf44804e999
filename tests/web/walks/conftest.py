"""The whole system in one process: residents, clerks and finance at their pages, the local Stripe, the worker."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from payments import doctor
from payments.models import Discrepancy
from payments.providers.stripe import StripeProvider
from payments.sandbox.app import API_KEY, WEBHOOK_SECRET, create_sandbox
from payments.sandbox.cashier import konbini
from payments.sandbox.machine import Sandbox, as_json
from payments.sandbox.serving import running
from payments.sandbox.webhooks.signing import signature_header
from procedures.actors import Actor
from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import Person, StaffRole
from tests.payments.conftest import Payer, sdk
from tests.web.casework import DOG, Casework
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from web import create_app
from web.services import Overrides
from web.settings import Settings
from web.wiring import work_of

DOG_FEE = "6,550円"


@dataclass
class Walk:
    """Everybody, each with what they do."""

    app: Flask
    clock: Clock
    sandbox: Sandbox
    payer: Payer
    casework: Casework
    hanako: Applicant
    tanaka: Applicant
    mori: Applicant
    told: set[str] = field(default_factory=set)

    def files(self) -> str:
        """Hanako has registered a dog; the fee is due before anybody looks at it."""
        self.case = self.casework.file(DOG).application_id
        return self.case

    def presses_pay(self, **form: str) -> str:
        """Hanako, on her case's page; answers the pay page's number."""
        self.hanako.open(f"/applications/{self.case}/pay")
        page = self.hanako.post(f"/applications/{self.case}/pay", form)
        assert page.status_code == 303, page.text
        return str(page.headers["Location"]).rpartition("/")[2]

    def takes_number(self, page: str) -> dict[str, object]:
        """At the pay page; answers the payment as the provider keeps it until it is paid at the shop."""
        self.payer.choose(page, "konbini")
        return dict(self.sandbox.store.get(str(self.payer.look(page).payment_intent.id)))

    def shop_reports(self, number: dict[str, object]) -> None:
        """The shop took the money; its report comes only now, whatever became of the number meanwhile."""
        with self.sandbox.store.change():
            self.sandbox.store.put(number)
            konbini.pay_at_shop(self.sandbox, number)

    def news(self) -> None:
        """Every webhook that was not sent yet arrives, and the worker does what waits."""
        for event in list(self.payer.client.v1.events.list({"limit": 100}).auto_paging_iter())[::-1]:
            if event.id in self.told:
                continue
            payload = as_json(event.to_dict()).encode()
            signature = signature_header(payload, WEBHOOK_SECRET, int(self.clock().timestamp()))
            answer = self.app.test_client().post(
                "/webhooks/stripe", data=payload, headers={"Stripe-Signature": signature}
            )
            assert answer.status_code == 204
            self.told.add(event.id)
        self.works()

    def works(self) -> None:
        """The worker does every job that is due; certificates are another story."""
        known = {**work_of(self.services).handlers, "certificate.issue": lambda *_: None}
        while run_one(self.services.database, self.clock, "worker", known):
            continue

    def tends(self, *names: str) -> None:
        """Tasks that the worker does again and again."""
        for task in work_of(self.services).periodic:
            if task.name in names:
                task.run(self.services.database, self.clock())
        self.works()

    def later(self, **span: float) -> None:
        """Time passes, for the provider too."""
        self.clock.move(timedelta(**span))
        self.payer.order("clock", seconds=int(timedelta(**span).total_seconds()))
        for name in ("hanako", "tanaka", "mori"):
            getattr(self, name).sign_in(name)

    @property
    def services(self) -> object:
        return self.app.extensions["tetsuzuki"]

    def gives_back(self, payment: str, yen: str, reason: str, note: str = "") -> str:
        """Tanaka asks, Mori approves, the worker sends; answers the refund's page."""
        self.tanaka.get(f"/finance/payments/{payment}/refund")
        self.tanaka.post(f"/finance/payments/{payment}/refund", {"yen": yen, "reason": reason, "note": note})
        assert self.tanaka.page.status_code == 303, self.tanaka.main
        at = str(self.tanaka.page.headers["Location"]).partition("?")[0]
        own = self.tanaka.post(f"{at}/approve")
        assert own.status_code != 303, "nobody approves what they asked for"
        self.mori.get(at)
        assert self.mori.post(f"{at}/approve").status_code == 303
        self.works()
        return at

    def explains(self, kind: str, text: str) -> None:
        """Tanaka takes it off the worklist with a reason, Mori agrees."""
        with self.services.database.read() as session:
            waiting = select(Discrepancy.id).where(Discrepancy.kind == kind, Discrepancy.resolved_at.is_(None))
            at = f"/finance/discrepancies/{session.scalars(waiting).one()}"
        self.tanaka.get(at)
        self.tanaka.post(f"{at}/propose", {"action": "explained", "reason": "explained", "text": text})
        assert self.tanaka.page.status_code == 303
        proposal = self.mori.get(at).text.split('name="proposal" value="')[1].split('"')[0]
        assert text in self.mori.main
        assert self.mori.post(f"{at}/approve", {"proposal": proposal}).status_code == 303

    def waiting(self) -> list[str]:
        """What waits for a person."""
        with self.services.database.read() as session:
            return sorted(session.scalars(select(Discrepancy.kind).where(Discrepancy.resolved_at.is_(None))))

    def all_is_well(self) -> None:
        """Nothing waits for anybody, and the doctor finds nothing, after the provider's list was fetched twice."""
        for _ in range(2):
            self.later(days=1)
            self.tends("payment.sweep", "refund.sweep", "dispute.sweep", "payment.import")
        assert self.waiting() == []
        with self.services.database.read() as session:
            assert doctor.run(session) == []


@pytest.fixture
def walk(
    settings: Settings, database: Database, clock: Clock, people: dict[str, Actor], now: datetime, tmp_path: Path
) -> Iterator[Walk]:
    """A fresh installation beside a fresh local Stripe."""
    stripe_app = create_sandbox(
        base_url="http://127.0.0.1", state=str(tmp_path / "stripe.db"), start=int(now.timestamp())
    )
    with running(stripe_app) as sandbox:
        provider = StripeProvider(API_KEY, WEBHOOK_SECRET, sandbox.base_url, timeout=5)
        app = create_app(settings, database, Overrides(clock=clock, provider=provider))
        _second_of_finance(database, now)
        payer = Payer(sandbox, sdk(sandbox))
        casework = Casework(database, app.extensions["tetsuzuki"].blobs, people, now)
        browsers = (Applicant(app, name) for name in ("hanako", "tanaka", "mori"))
        yield Walk(app, clock, sandbox, payer, casework, *browsers)
        payer.web.close()


def _second_of_finance(database: Database, now: datetime) -> None:
    with database.write() as session:
        row = {"id": "mori", "issuer": "https://issuer.test", "subject": "mori", "name": "森 会計", "assurance": "high"}
        session.add(Person(**row, created_at=now, seen_at=now))
        session.flush()
        session.add(StaffRole(person_id="mori", role="finance", office="*"))
