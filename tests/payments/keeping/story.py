"""One resident's case in which everything that can hold something personal does, each with a mark of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from payments import cases as paying
from payments.models import Charge, Payment, Receipt
from payments.receipts import asking
from payments.settlement import record
from procedures import cases, decisions, drafts
from procedures.actors import SYSTEM, Actor, posts
from procedures.amending.earlier import Earlier, pack
from procedures.asides import notes, opinions
from procedures.blobs.disk import DiskBlobs
from procedures.corrections import extending, requesting, working
from procedures.corrections.kept import Mark
from procedures.correspondence import writing
from procedures.keyring.owned import of
from procedures.models import Application, Base, CaseOpinion, CorrectionRequest, Draft, Person, Proposal
from procedures.people import claims
from procedures.profiles import keeping as profile
from tests.payments.keeping.rows import add, mark_what_is_left, said
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

HANAKO = Actor("resident", "hanako", said("name"))
ZEIMU = Actor("staff", "sato", "佐藤 係員", posts({"clerk"}, {"zeimu"}))


@dataclass
class Story:
    """The case, in the hands of everybody who writes about it."""

    till: Till
    provider: ScriptedProvider
    blobs: DiskBlobs
    case: str = ""
    charge: str = ""

    @property
    def now(self) -> datetime:
        return self.till.now

    def tell(self) -> str:
        """From the sign-in to the decision; the case."""
        with self.till.database.write() as session:
            self._person(session)
        self._applied()
        self._examined()
        self._decided()
        with self.till.database.write() as session:
            self._papers(session)
            self._kept_while_written(session)
            self._beside(session)
            self._money(session)
        return self.case

    def _person(self, session: Session) -> None:
        known = {"issuer": "idp", "subject": said("subject"), "name": said("name"), "email": said("email")}
        known |= {"language": "ja", "assurance": "high", "created_at": self.now, "seen_at": self.now}
        if session.get(Person, HANAKO.id) is None:
            session.execute(insert(Person), {"id": HANAKO.id, **known})
        else:
            session.execute(update(Person).where(Person.id == HANAKO.id).values(known))
        claims.keep(session, self.now, HANAKO.id, {"address": said("claim")}, "idp", "high")
        profile.decide(session, HANAKO, self.now, consents=True)
        whole = {"owner": HANAKO.owner_key, "concept": "applicant.name"}
        add(session, "profile_value", self.now, **whole)
        add(session, "contact", self.now, person_id=HANAKO.id, channel="sms")
        add(session, "contact_code", self.now, person_id=HANAKO.id, address=said("telephone"))
        add(session, "mail_link", self.now, address=said("address"))
        add(session, "passkey", self.now, person_id=HANAKO.id, name=said("device"))
        add(session, "web_session", self.now, person_id=HANAKO.id, data={"signed_in": said("session")})
        add(session, "mandate_grant", self.now, asked_by=HANAKO.id, granted_by=HANAKO.id, id="grant")

    def _applied(self) -> None:
        desk = self.till.desk
        self.case = desk.do(drafts.start, HANAKO, desk.known["permit"])
        with self.till.database.write() as session:
            row = add(session, "attachment", self.now, self.blobs, application_id=self.case, field_id="paper")
        answers = {"name": said("answer"), "copies": 2, "paper": [row["id"]]}
        desk.do(drafts.save, HANAKO, self.case, answers, 1)
        desk.do(paying.submit, HANAKO, self.case, 2, said("seen"))
        page = str(self.till.open(self.case, actor=HANAKO).url).rpartition("/")[2]
        self.provider.pay(page)
        with self.till.database.write() as session:
            record(session, "stripe", self.now, self.provider.states[page])
            self.charge = session.scalars(select(Charge.id)).one()
            asking.ask(session, SYSTEM, self.now, self.charge, None, said("addressee"), "東京都")

    def _examined(self) -> None:
        desk, sato, case = self.till.desk, self.till.desk.people.sato, self.case
        desk.do(cases.claim, sato, case)
        desk.do(writing.from_applicant, HANAKO, case, said("message"), "1")
        desk.do(writing.from_office, sato, case, said("answered"), "2", 1)
        desk.do(notes.write, sato, case, said("note"), "3")
        day = opinions.earliest_day(self.now.date()) + timedelta(days=5)
        desk.do(opinions.ask, sato, case, "zeimu", said("question"), day, "4", frozenset({"zeimu", "hokenjo"}))
        desk.do(opinions.answer, ZEIMU, self._only(CaseOpinion.id), said("opinion"))
        desk.do(requesting.request, sato, case, [Mark(("name",), said("why"))], said("words"), day)
        desk.do(extending.extend, sato, case, day + timedelta(days=3), said("extended"))
        desk.do(working.save, HANAKO, case, ("name",), said("corrected"), 1)
        with self.till.database.write() as session:
            session.execute(update(CorrectionRequest.__table__).values(note=of(case, said("remark"))))
        desk.do(paying.resubmit, HANAKO, case, 2, said("seen"), said("remark"))

    def _only(self, column: Any) -> str:
        with self.till.database.read() as session:
            return str(session.scalars(select(column)).one())

    def _decided(self) -> None:
        desk, people = self.till.desk, self.till.desk.people
        proposal = desk.do(decisions.propose, people.sato, self.case, "approve", (), said("proposed"))
        desk.do(decisions.send_back, people.suzuki, self.case, proposal, said("back"))
        proposal = desk.do(decisions.propose, people.sato, self.case, "approve", (), said("reasons"))
        with self.till.database.write() as session:
            mark_what_is_left(session, "proposal", id=proposal)
            mark_what_is_left(session, "correction_request", application_id=self.case)
        desk.do(decisions.approve, people.suzuki, self.case, proposal)

    def _papers(self, session: Session) -> None:
        at = {"application_id": self.case}
        decision = session.execute(select(Proposal.id).where(Proposal.state == "decided")).scalar_one()
        add(session, "endorsement", self.now, proposal_id=decision, by="sato", stage="check")
        add(session, "certificate", self.now, self.blobs, **at, issued_at=self.now)
        decided = session.execute(select(_table("decision").c.id)).scalar_one()
        add(session, "letter", self.now, self.blobs, **at, decision_id=decided, issued_at=self.now)
        add(session, "paper_spelling", self.now, **at)
        add(session, "paper_number", self.now, **at)
        add(session, "examination_entry", self.now, **at, by="sato")
        add(session, "case_move", self.now, **at)
        add(session, "escalation", self.now, **at)
        add(session, "message", self.now, **at)
        waived = {"state": "granted", "decided_by": "suzuki", "decided_at": self.now, "percent": 50, "people": 1}
        add(session, "waiver_request", self.now, **at, **waived, reasons=[{"text": said("waiver")}])
        add(session, "status_history", self.now, **at)
        address = of(self.case, said("mail"))
        session.execute(update(Application.__table__).where(Application.id == self.case).values(contact_email=address))

    def _kept_while_written(self, session: Session) -> None:
        """What goes when a draft is sent: here it lies beside the case until the end."""
        at = {"application_id": self.case}
        add(session, "draft", self.now, **at)
        earlier = of(self.case, pack(Earlier(said("earlier"), self.now.date(), (), ())))
        session.execute(update(Draft.__table__).values(earlier=earlier))
        for table in ("unfinished", "draft_origin", "resume_code"):
            add(session, table, self.now, **at)
        add(session, "acting", self.now, **at, grant_id="grant")
        upload = add(session, "upload", self.now, **at)
        add(session, "upload_piece", self.now, self.blobs, upload_id=upload["id"], start=0)

    def _beside(self, session: Session) -> None:
        """Other systems, other people's lists."""
        at = {"application_id": self.case}
        add(session, "api_client", self.now, id="client")
        add(session, "api_upload", self.now, self.blobs, client_id="client")
        add(session, "received_submission", self.now, **at, client_id="client", their_reference=said("theirs"))
        add(session, "webhook_subscription", self.now, id="hook", client_id="client")
        seq = session.execute(select(_table("case_event").c.seq)).scalars().first()
        add(session, "webhook_delivery", self.now, subscription_id="hook", seq=seq)
        add(session, "saved_view", self.now, person_id="sato", name=said("view"), query="q=1")
        add(session, "batch", self.now, id="batch", actor_id="sato", details={"words": said("batch")}, state="done")
        add(session, "batch_item", self.now, batch_id="batch", position=1, **at, facts={"by": said("facts")})
        add(session, "feedback", self.now, words=said("feedback"), ease=3)
        add(session, "look", self.now, **at)

    def _money(self, session: Session) -> None:
        payment = session.scalars(select(Payment.id)).one()
        refund: dict[str, Any] = {"payment_id": payment, "requested_by": "person:tanaka", "status": "confirmed"}
        refund |= {"decided_by": "person:suzuki", "decided_at": self.now, "way": "outside"}
        words = {name: said(f"refund {name}") for name in ("note", "decision", "failure", "slip")}
        add(session, "refund", self.now, **refund, **words)
        found = {"charge_id": self.charge, "resolved_at": self.now, "expected": "1", "found": "2"}
        discrepancy = add(session, "discrepancy", self.now, **found)["id"]
        add(session, "discrepancy_note", self.now, discrepancy_id=discrepancy, text=said("discrepancy"))
        self._decided_about_money(session, payment, discrepancy)
        statement = add(session, "bank_file", self.now, content=said("bank").encode())["id"]
        add(session, "bank_statement", self.now, id="statement", file_id=statement, holder="東京都")
        add(session, "bank_line", self.now, statement_id="statement", text=said("transfer"))
        receipt = session.scalars(select(Receipt.id)).one()
        add(session, "receipt_copy", self.now, self.blobs, receipt_id=receipt, number=2, made_at=self.now)

    def _decided_about_money(self, session: Session, payment: str, discrepancy: str) -> None:
        by = {"requested_by": "person:tanaka", "decided_by": "person:suzuki", "decided_at": self.now}
        words = {"text": said("proposed"), "decision": said("decided"), "status": "approved"}
        add(session, "discrepancy_proposal", self.now, discrepancy_id=discrepancy, **by, **words)
        ended = {"closed_at": self.now, "ending": "write_off", "ending_reason": said("written off"), "status": "lost"}
        add(session, "dispute", self.now, payment_id=payment, requested_at=self.now, **by, **ended)
        entry = {"payment_id": payment, "application_id": self.case, "method": "cash"}
        counted = add(session, "counter_entry", self.now, **entry)["id"]
        add(session, "counter_void", self.now, entry_id=counted, reason=said("void"), **by)
        add(session, "day_closing", self.now, reason=said("closing"), figures={})


def _table(name: str) -> Any:
    return Base.metadata.tables[name]
