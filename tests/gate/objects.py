"""One of everything that an address can name, Hanako's or the health centre's; and a second of some, of others."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from payments import charges, refunds
from payments.bank.files import hand_in
from payments.bank.importing import confirm
from payments.counter.taking import Slip, take
from payments.disputes.recording import note_state
from payments.jobs import handlers
from payments.models import BankStatement, Discrepancy, Dispute, Payment
from payments.webhooks import receive
from procedures import jobs, library
from procedures.actors import SYSTEM, Actor, Proof, posts
from procedures.asides import opinions
from procedures.assigning import presence
from procedures.corrections import requesting
from procedures.corrections.kept import Mark
from procedures.database import Database
from procedures.deputising.naming import name_deputy
from procedures.jobs import run_one
from procedures.mandates import granting
from procedures.mandates.granting import Wish
from procedures.models import Application, Attachment, Certificate, Letter, Passkey
from procedures.people import inviting
from procedures.seal import create_seal_key
from procedures.uploads import pieces
from procedures.views import keeping
from tests.engine.language.specs import spec
from tests.gate.people import OFFICES
from tests.payments.bank.written import Account, Movement, zengin
from tests.payments.scripted import ScriptedProvider
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, WATER, Casework
from web.wiring import work_of

AWAY = "http://127.0.0.1:9/back"
LINK = re.compile(r"http://localhost/(mandates|pay)/([^\"<]+)")
MANDATED = spec(
    "it: {type: text, title: {ja: 理由, en: Reason}}",
    more="sign_in: {required: true, assurance: substantial}\nrepresentation: {by: [family], needs: either}\n"
    "review:\n  office: hokenjo\n  standard_days: 5\n  stages:\n"
    "    check: {title: {ja: 審査, en: Check}, role: clerk}\n"
    "    decide: {title: {ja: 決裁, en: Decide}, role: approver}\n"
    "  refusal_reasons: [{code: R1, title: {ja: 不備, en: Faults}, law: 見本法第1条}]\n",
)


class Objects(dict[str, Any]):
    """Their ids by name; each is made as people make it."""

    def __init__(self, app: Flask, casework: Casework, provider: ScriptedProvider) -> None:
        super().__init__()
        self.app, self.casework, self.provider = app, casework, provider
        self.database: Database = casework.database
        self.now, self.day = casework.now, casework.now.date()
        for make in (self._drafts, self._cases, self._decided, self._money, self._asides, self._staff, self._systems):
            make()

    @contextmanager
    def _do(self) -> Iterator[Session]:
        with self.database.write() as session:
            yield session

    def _drafts(self) -> None:
        hanako = Browser(self.app, "hanako", "high")
        self.casework.publish(DOG)
        self["draft"] = self._start(hanako, "dog-registration")
        content = b"x" * 10
        with self._do() as session:
            row = ("certificate_photo.proof", "a.png", len(content), sha256(content).hexdigest())
            begun = pieces.begin(session, self.casework.people["hanako"], self.now, self["draft"], *row)
            self["upload"] = begun.id
        self.casework.publish(WATER)
        visitor = Browser(self.app)
        self["visitor_draft"] = self._start(visitor, "water-service-start")
        self["visitor"] = visitor
        with self._do() as session:
            mandated = library.publish(session, SYSTEM, self.now, MANDATED, "sample.yaml", "").procedure.id
        self["represented"] = self._start(hanako, mandated)
        here = f"/applications/{self['represented']}/acting"
        whom = {"for": "other", "kind": "family", "name": "山田 太郎", "address": "東京都", "relation": "子"}
        hanako.post(here, whom)
        hanako.post(f"{here}/mandate", {"ask": "1", "until": "2026-07-31"})
        kind, rest = LINK.search(hanako.get(f"{here}/mandate").text).groups()
        assert kind == "mandates"
        self["asked_grant"], self["grant_secret"] = rest.split("/")
        with self._do() as session:
            wish = Wish(kind="family", principal="名 hanako", procedures=(mandated,), until=date(2026, 7, 31))
            self["grant"] = granting.ask(session, Actor("resident", "jiro", "名 jiro"), self.now, wish)
            proof = Proof("local", "https://issuer.test", "high", self.now)
            granting.grant(
                session, Actor("resident", "hanako", "名 hanako", proof=proof), self.now, self["grant"], "basic"
            )
            session.add(_passkey(self.now))
            session.flush()
            self["passkey"] = session.scalars(select(Passkey.id)).one()

    def _start(self, browser: Browser, procedure_id: str) -> str:
        answer = browser.post(f"/procedures/{procedure_id}/start")
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"].split("/")[2]

    def _cases(self) -> None:
        self["received"] = self.casework.file(TAX, 1).application_id
        self["anothers"] = self.casework.file(TAX, 1, by="taro").application_id
        self["claimed"] = self.casework.file(TAX).application_id
        self.casework.claim(self["claimed"])
        correcting = self.casework.file(DOG, 0)
        self.casework.pay(correcting.application_id)
        self.casework.claim(correcting.application_id)
        self["correcting"] = correcting.application_id
        with self._do() as session:
            marks = [Mark(("phone",), "読み取れません。"), Mark(("dogs",), "確かめてください。")]
            sato = self.casework.people["sato"]
            requesting.request(session, sato, self.now, correcting.application_id, marks, "", date(2026, 5, 20))
        with self.database.read() as session:
            papers = session.execute(select(Attachment.id, Attachment.application_id)).all()
            self["reference"] = session.get_one(Application, self["received"]).reference
        self["attachment"] = next(id for id, case in papers if case == self["received"])
        self["anothers_attachment"] = next(id for id, case in papers if case == self["anothers"])
        self["examined"] = self.casework.file("../tests/specs/features/checklist-and-clerk-fields.yaml").application_id
        self.casework.claim(self["examined"])
        self["withdrawn"] = self.casework.file(TAX).application_id
        Browser(self.app, "hanako", "high").post(f"/applications/{self['withdrawn']}/withdraw")

    def _decided(self) -> None:
        services = self.app.extensions["tetsuzuki"]
        create_seal_key(services.settings.seal_dir, "東京都", self.now)
        self["proposed"] = self.casework.file(TAX).application_id
        self["proposal"] = self.casework.propose(self["proposed"])
        for name, by in (("approved", "hanako"), ("anothers_approved", "taro")):
            self[name] = self.casework.file(TAX, by=by).application_id
            self.casework.approve(self[name], self.casework.propose(self[name]))
            self.casework.pay(self[name])
        self["refused"] = self.casework.file(TAX).application_id
        refusal = self.casework.propose(self["refused"], "refuse", ("T1",), "記録がありません。")
        self.casework.approve(self["refused"], refusal)
        self["owing"] = self.casework.file(TAX).application_id
        self.casework.approve(self["owing"], self.casework.propose(self["owing"]))
        self["changing"] = self.casework.file(TAX).application_id
        refusal = self.casework.propose(self["changing"], "refuse", ("T1",), "記録がありません。")
        self.casework.approve(self["changing"], refusal)
        self._work(work_of(services).handlers)
        with self.database.read() as session:
            papers = dict(session.execute(select(Certificate.application_id, Certificate.id)).all())
            letters = dict(session.execute(select(Letter.application_id, Letter.id)).all())
        self["certificate"], self["anothers_certificate"] = papers[self["approved"]], papers[self["anothers_approved"]]
        self["letter"] = letters[self["refused"]]

    def _work(self, known: Any) -> None:
        while run_one(self.database, lambda: self.now, "w", known):
            pass

    def _money(self) -> None:
        hanako = Browser(self.app, "hanako", "high")
        hanako.post(f"/applications/{self['owing']}/pay/link")
        self["pay_token"] = LINK.search(hanako.get(f"/applications/{self['owing']}/pay").text)[2]
        self["paid"] = self.casework.file(DOG).application_id
        self._pay(self["paid"])
        with self.database.read() as session:
            payment = session.scalars(select(Payment)).one()
            self["payment"], provider_id = payment.id, payment.payment_id
            self["charge"] = charges.for_application(session, self["paid"])[-1].id
            self["owed_charge"] = charges.for_application(session, self["owing"])[-1].id
        with self._do() as session:
            self["refund"] = refunds.request(
                session, self.casework.people["tanaka"], self.now, payment.id, 1, "our_mistake"
            )
            note_state(session, self.provider.name, self.now, self.provider.open_dispute(provider_id, 100))
            session.add(_discrepancy(self.now))
        with self.database.read() as session:
            self["dispute"] = session.scalars(select(Dispute.id)).first()
            self["discrepancy"] = session.scalars(select(Discrepancy.id)).first()
        cashier = Actor("staff", "okada", "", posts({"cashier"}, OFFICES))
        counted = self.casework.file(DOG).application_id
        with self.database.read() as session:
            owed = charges.for_application(session, counted)[-1]
        taken = take(self.database, self.provider, cashier, self.now, counted, Slip("cash", owed.yen, "A-1"))
        self["entry"], self["counter_charge"] = taken, owed.id
        day = self.day - timedelta(days=1)
        account = Account(day, day, 1000, [Movement(day, 500, "ﾌﾘｺﾐ", "ﾔﾏﾀﾞ")])
        with self._do() as session:
            tanaka = self.casework.people["tanaka"]
            self["file"] = hand_in(session, tanaka, self.now, "meisai.txt", zengin(account), "")
            confirm(session, tanaka, self.now, self["file"])
        with self.database.read() as session:
            self["statement"] = session.scalars(select(BankStatement.id)).first()

    def _pay(self, application_id: str) -> None:
        checkout = charges.open_checkout(
            self.database, self.provider, self.casework.people["hanako"], self.now, application_id,
            success_url=AWAY, cancel_url=AWAY,
        ).url.rpartition("/")[2]  # fmt: skip
        self.provider.pay(checkout, "card")
        with self._do() as session:
            receive(session, self.provider, self.now, f"evt_1 checkout.session.completed {checkout}".encode(), "good")
        quiet = dict.fromkeys(("notice.send", "certificate.issue", "assigning.arrived"), lambda *_: None)
        self._work({**quiet, **handlers(self.provider)})

    def _asides(self) -> None:
        sato = self.casework.people["sato"]
        with self._do() as session:
            due = self.day + timedelta(days=14)
            offices = frozenset({"fire"})
            opinions.ask(session, sato, self.now, self["claimed"], "fire", "基準に合いますか。", due, "n", offices)
        from procedures.models import CaseOpinion

        with self.database.read() as session:
            self["opinion"] = session.scalars(select(CaseOpinion.id)).one()

    def _staff(self) -> None:
        with self._do() as session:
            clerk = Actor("staff", "sato", "", posts({"clerk"}, OFFICES))
            approver = Actor("staff", "suzuki", "", posts({"approver"}, OFFICES))
            self["view"] = keeping.save(session, clerk, self.now, "急ぎ", "tab=open")
            days = (self.day + timedelta(days=3), self.day + timedelta(days=5))
            self["absence"] = presence.enter(session, clerk, self.now, "sato", *days)
            self["deputy"] = name_deputy(session, approver, self.now, "sato", "hokenjo", days)
            inviting.add(session, SYSTEM, self.now, "neu@example.jp", "clerk", "hokenjo")
            self["invitation"] = inviting.waiting(session, self.now, "hokenjo")[0].id
            jobs.enqueue(session, self.now, "notice.send", {})
        sato = Browser(self.app, "sato")
        begun = sato.post("/desk/batch/claim", {"case": [self["received"]], "once": "n"})
        self["batch"] = begun.headers["Location"].rpartition("/")[2].partition("?")[0]

    def _systems(self) -> None:
        operator = Browser(self.app, "ono")
        form = {"name": "電子窓口", "scope": ["cases:read"], "offices": "*", "procedures": "*", "level": "basic"}
        here = operator.post("/operator/clients", form).headers["Location"].partition("?")[0]
        self["client"] = here.rpartition("/")[2]
        operator.post(f"{here}/secrets")
        operator.post(f"{here}/webhooks", {"url": "https://hooks.example.jp/in", "event": ["case.decided"]})
        from procedures.models import ApiSecret, Job, WebhookSubscription

        with self.database.read() as session:
            mine = select(ApiSecret.id).where(ApiSecret.client_id == self["client"])
            self["secret"] = session.scalars(mine).first()
            self["subscription"] = session.scalars(select(WebhookSubscription.id)).first()
            self["job"] = session.scalars(select(Job.id)).first()


def _passkey(now: Any) -> Passkey:
    facts = {"credential": "Y3JlZA", "public_key": "a2V5", "counter": 0, "name": "電話", "level": "high"}
    return Passkey(person_id="hanako", means="local", added_at=now, used_at=None, **facts)


def _discrepancy(now: Any) -> Discrepancy:
    facts = {"kind": "wrong_amount", "provider_object": "pi_1", "expected": "1", "found": "0"}
    return Discrepancy(key="gate", found_at=now, charge_id=None, **facts)
