"""Cases whose applicants ask for a reduction, and the people who decide on it."""

from typing import Any

from sqlalchemy import select

from engine.model import Procedure
from payments import cases as money
from procedures import applications, cases, library
from procedures.actors import Actor
from procedures.models import AuditEvent, Job, WaiverRequest
from procedures.waiving import deciding
from procedures.waiving.deciding import Choice
from procedures.waiving.reading import Asked
from tests.payments.till import Till

SPEC = """\
id: {id}
version: 2026-04-01
title: {{ja: 写し, en: Copy}}
bureau: hokeniryo
audience: [resident]
sign_in: {{required: true, assurance: basic}}
steps:
  what:
    title: {{ja: 内容, en: What}}
    fields:
      copies: {{type: integer, title: {{ja: 枚数, en: Copies}}, minimum: 1, maximum: 9}}
      poor: {{type: boolean, title: {{ja: 減免の申請, en: Reduction}}}}
      proof: {{type: text, title: {{ja: 事情, en: Why}}, when: poor}}
fees:
  due: {due}
  pay_by: add_days(today, 7)
  lines:
    copy: {{title: {{ja: 写し, en: Copy}}, law: 条例第1条, account: "1201-03", count: copies, yen: 1000}}
  waivers:
    hardship:
      title: {{ja: 生活困窮の減免, en: Hardship}}
      law: 条例第5条
      percent: 100
      asked: poor
      decision:
        days: 5
        parts: [50]
        two_people: {two}
        reasons: [{{code: W1, title: {{ja: 要件に当たらない, en: Not met}}, law: 条例第5条}}]
        appeal: {{ja: 審査請求ができます。, en: You may appeal.}}
{review}retention: {{years: 5}}
"""
REVIEW = """\
review:
  office: hokenjo
  standard_days: 10
  stages: {check: {title: 審査, role: clerk}, decide: {title: 決裁, role: approver}}
  refusal_reasons: [{code: R1, title: 理由, law: 条例第2条}]
  appeal: 教示
"""
KINDS = {
    "first": SPEC.format(id="first", due="submission", two="false", review=REVIEW),
    "signed": SPEC.format(id="signed", due="submission", two="true", review=REVIEW),
    "later": SPEC.format(id="later", due="approval", two="false", review=REVIEW),
    "plain": SPEC.format(id="plain", due="submission", two="false", review=""),
}
"""Paid first and decided by one clerk; by two people; paid after the approval; without an examination."""
ANSWERS = {"copies": 3, "poor": True, "proof": "失業中です。"}
WHOLE, HALF = Choice(100), Choice(50, (), "半額が相当です。")
REFUSED = Choice(0, ("W1",), "収入が基準を超えています。")
CHOICES = {"whole": WHOLE, "half": HALF, "refused": REFUSED}


class Waiting:
    """A till whose cases ask for a reduction; every step is one transaction."""

    def __init__(self, till: Till) -> None:
        self.till = till
        self.people = till.desk.people

    def do(self, service: Any, actor: Actor, *arguments: Any) -> Any:
        with self.till.database.write() as session:
            return service(session, actor, self.till.now, *arguments)

    def asked(self, kind: str = "first", **answers: Any) -> str:
        """A case that was submitted."""
        return self.till.owing(kind, **answers)

    def request(self, case: str) -> WaiverRequest:
        """What it asked for last."""
        with self.till.database.read() as session:
            query = select(WaiverRequest).where(WaiverRequest.application_id == case)
            return session.scalars(query.order_by(WaiverRequest.asked_at.desc(), WaiverRequest.id)).first()

    def decide(self, case: str, choice: Choice = WHOLE, actor: Actor | None = None) -> str:
        """By one clerk, or proposed and approved, as the spec has it."""
        row = self.request(case)
        if row.people == 1:
            return self.do(money.decide_waiver, actor or self.people.sato, case, row.id, choice)
        self.do(deciding.propose, actor or self.people.sato, case, row.id, choice)
        return self.do(money.approve_waiver, self.people.suzuki, case, row.id)

    def seen(self, case: str) -> tuple[Asked, ...]:
        """As its owner sees what was asked for."""
        return self.own(case).waivers

    def own(self, case: str) -> applications.OwnCase:
        with self.till.database.read() as session:
            return applications.view_own(session, self.people.hanako, case)

    def on_desk(self, case: str, actor: Actor | None = None) -> cases.CaseView:
        with self.till.database.read() as session:
            return cases.view(session, actor or self.people.sato, case)

    def queued(self, scope: str) -> list[str]:
        with self.till.database.read() as session:
            filters = cases.QueueFilter(self.till.now.date(), scope)
            return [row.application_id for row in cases.queue(session, self.people.sato, filters)]

    def notices(self) -> list[str]:
        """The kinds of notices queued so far."""
        with self.till.database.read() as session:
            rows = session.scalars(select(Job).where(Job.kind == "notice.send").order_by(Job.created_at, Job.id))
            return sorted(row.payload["kind"] for row in rows)

    def audited(self, case: str) -> list[str]:
        """What was noted about reductions, in its order."""
        with self.till.database.read() as session:
            query = select(AuditEvent.action).where(AuditEvent.object_id == case).order_by(AuditEvent.seq)
            return [action for action in session.scalars(query) if action.startswith("waiver.")]


def publish(till: Till, kimura: Actor) -> dict[str, Procedure]:
    """The procedures of `KINDS`, known to the till's desk."""
    with till.database.write() as session:
        found = {
            name: library.publish(session, kimura, till.now, text, f"{name}.yaml", "").procedure
            for name, text in KINDS.items()
        }
    till.desk.known = {**till.desk.known, **found}
    return found
