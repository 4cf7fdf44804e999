"""What must hold at every moment, and what besides when nothing waits any more."""

import email
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import stripe
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import payments.doctor
import procedures.doctor
from payments.ledger import balances
from payments.models import Discrepancy, Payment, PaymentShare, Receipt, Refund
from procedures.models import Application, Certificate, Decision, PaperNumber
from tests.crash.play import Play, Violated
from tests.crash.system import System

SEEN = (
    (Application.id, Application.reference),
    (Certificate.id, Certificate.number),
    (Receipt.id, Receipt.number),
    (PaperNumber.about, PaperNumber.number),
)


@dataclass
class Numbers:
    """Every number that was ever seen, and whose it was: it is never another's afterwards."""

    owners: dict[tuple[str, str], str] = field(default_factory=dict)

    def look(self, session: Session) -> None:
        """Raises `Violated` for a number that has changed hands, was taken back, or is missing."""
        now: dict[tuple[str, str], str] = {}
        for place, (owner, number) in enumerate(SEEN):
            for row in session.execute(select(owner, number).where(number.is_not(None))):
                if now.setdefault((str(place), row[1]), row[0]) != row[0]:
                    raise Violated(f"number {row[1]} was given twice")
        for key, owner in self.owners.items():
            if now.get(key) != owner:
                raise Violated(f"number {key[1]} was {owner}'s and is {now.get(key)}'s now")
        self.owners = now


def holds(system: System, numbers: Numbers) -> None:
    """At every moment. Raises `Violated`."""
    if fallen := system.fallen():
        raise Violated(f"{fallen}\n{system.log()[-3000:]}")
    with system.database.read() as session:
        numbers.look(session)
        findings = [*procedures.doctor.run(session, system.blobs), *payments.doctor.run(session, system.blobs)]
        if findings:
            raise Violated(f"the doctor finds {findings}")
        _one_each(session)
        if total := sum(balances(session).values()):
            raise Violated(f"the ledger sums to {total}")


def _one_each(session: Session) -> None:
    """One decision a turn, one valid certificate a kind, one payment a charge."""
    for what, columns in (
        ("decided", (Decision.application_id, Decision.turn)),
        ("certified", (Certificate.application_id, Certificate.kind, Certificate.edition)),
        ("paid", (PaymentShare.charge_id,)),
    ):
        twice = select(*columns).group_by(*columns).having(func.count() > 1)
        if found := session.execute(twice).all():
            raise Violated(f"{what} twice: {found}")


def equals_provider(play: Play) -> None:
    """When nothing waits: our books say of every payment and refund what the provider's list says."""
    system = play.system
    client = stripe.StripeClient(
        system.settings.stripe_secret_key, base_addresses={"api": system.sandbox.base_url}, max_network_retries=2
    )
    took = {
        charge.payment_intent: charge.amount
        for charge in client.v1.charges.list({"limit": 100}).auto_paging_iter()
        if charge.status == "succeeded"
    }
    gave = {
        refund.id: refund.amount
        for refund in client.v1.refunds.list({"limit": 100}).auto_paging_iter()
        if refund.status in {"succeeded", "pending"}
    }
    with system.database.read() as session:
        ours = dict(session.execute(_TAKEN).all())
        back = dict(session.execute(_GIVEN).all())
        waiting = [f"{row.kind} {row.provider_object}" for row in session.scalars(_WORKLIST)]
    _same("payments", took, ours)
    _same("refunds", gave, back)
    if waiting:
        raise Violated(f"money waits for a person: {waiting}")


_TAKEN = select(Payment.payment_id, Payment.yen).where(Payment.provider == "stripe", Payment.state != "voided")
_GIVEN = select(Refund.provider_refund_id, Refund.yen).where(Refund.provider_refund_id.is_not(None))
_WORKLIST = select(Discrepancy).where(
    Discrepancy.resolved_at.is_(None), Discrepancy.kind.not_in(("paid_and_refused", "paid_and_withdrawn"))
)


def _same(what: str, theirs: dict[str, int], ours: dict[str, int]) -> None:
    if theirs != ours:
        missing, strange = theirs.items() - ours.items(), ours.items() - theirs.items()
        raise Violated(f"{what}: the provider alone has {missing}, we alone have {strange}")


def mails_once(system: System) -> None:
    """No mail went out twice under two ids: same person, same subject, same words."""
    seen: Counter[Any] = Counter()
    for file in system.settings.mail_dir.glob("*.eml"):
        mail = email.message_from_bytes(file.read_bytes())
        part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
        seen[(mail["To"], mail["Subject"], part.get_payload(decode=True))] += 1
    if twice := [key[:2] for key, count in seen.items() if count > 1]:
        raise Violated(f"mails went out twice: {twice[:3]}")
