"""The promises about money re-checked on live data: posted once, balanced, and no money without its case."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from payments.bank.checking import run as bank_checks
from payments.closing.checking import verify
from payments.disputes.checking import run as dispute_checks
from payments.disputes.checking import settled_from_suspense
from payments.ledger import SUSPENSE, balances
from payments.models import Charge, LedgerEntry, LedgerPosting, Payment, PaymentShare
from payments.receipts.checking import run as receipt_checks
from payments.refunds.checking import run as refund_checks
from payments.refunds.checking import taken_from_suspense
from payments.settlement.judging import GONE, WAITS_FOR
from procedures.blobs import Blobs
from procedures.checks.chain import frozen_tables
from procedures.doctor import Finding
from procedures.models import Application
from procedures.waiving.waiting import CASES

Check = tuple[str, Select[Any]]
"""The name of what is wrong, and a query for the ids of that."""
RECEIVABLE = "receivable:"
FROZEN = ("ledger_posting", "ledger_entry", "provider_transaction", "receipt", "day_closing")


def run(session: Session, blobs: Blobs | None = None) -> list[Finding]:
    """Every check of money; empty when all is well. `message` is a key of the catalogue.

    Receipts are compared with their hashes when `blobs` is given.
    """
    findings = [finding for check, ids in _asked() for finding in _found(check, ids, session)]
    findings += [finding for check in (_totals, _closings, bank_checks) for finding in check(session)]
    return findings + list(receipt_checks(session, blobs)) if blobs else findings


@cache
def _asked() -> tuple[Check, ...]:
    """What the database is asked, put together once: that costs more than to answer it."""
    return tuple(chain(_postings(), _charges(), _payments(), _cases()))


def _found(check: str, ids: Select[Any], session: Session) -> Iterator[Finding]:
    for object_id in session.scalars(ids):
        yield Finding(f"money.{check}", str(object_id), f"payment.doctor_{check}")


def _postings() -> Iterator[Check]:
    """Each posting has as many entries as it was made with."""
    entries = func.count(LedgerEntry.line)
    incomplete = (
        select(LedgerPosting.id)
        .outerjoin(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .group_by(LedgerPosting.id, LedgerPosting.entry_count)
        .having(entries != LedgerPosting.entry_count)
    )
    yield "posting_incomplete", incomplete


def _charges() -> Iterator[Check]:
    """Each charge is demanded once in the ledger; paid ones received once, ended ones taken back."""
    posted = _posted("demand")
    undemanded = select(Charge.id).outerjoin(posted, posted.c.charge_id == Charge.id)
    yield "charge_not_posted", undemanded.where(func.coalesce(posted.c.yen, 0) != Charge.yen)
    received = _posted("receipt", less="void")
    unpaid = select(Charge.id).outerjoin(received, received.c.charge_id == Charge.id).where(Charge.status == "paid")
    yield "paid_not_posted", unpaid.where(func.coalesce(received.c.yen, 0) != Charge.yen)
    too_early = select(Charge.id).join(received, received.c.charge_id == Charge.id).where(Charge.status != "paid")
    yield "posted_not_paid", too_early
    back = _posted("lapse", "cancel")
    ended = select(Charge.id).outerjoin(back, back.c.charge_id == Charge.id)
    ended = ended.where(Charge.status.in_(("lapsed", "cancelled")), func.coalesce(back.c.yen, 0) != Charge.yen)
    yield "ended_not_reversed", ended


def _payments() -> Iterator[Check]:
    """Settled money is split to the yen over charges, each of which it pays once and in full; held money pays none."""
    shares = PaymentShare.__table__.c
    void = select(Payment.id).where(Payment.state == "voided")
    valid = shares.payment_id.not_in(void)
    twice = select(shares.charge_id).where(valid).group_by(shares.charge_id).having(func.count(shares.payment_id) > 1)
    yield "paid_twice", twice
    split = select(shares.payment_id, func.sum(shares.yen).label("yen")).group_by(shares.payment_id).subquery()
    wrong = select(Payment.id).outerjoin(split, split.c.payment_id == Payment.id)
    due = case((Payment.state.in_(("settled", "voided")), Payment.yen), else_=0)
    yield "payment_not_split", wrong.where(func.coalesce(split.c.yen, 0) != due)
    unpaid = select(Charge.id).outerjoin(PaymentShare, and_(shares.charge_id == Charge.id, valid))
    unpaid = unpaid.where(Charge.status == "paid", func.coalesce(shares.yen, 0) != Charge.yen)
    yield "paid_without_share", unpaid


def _posted(*kinds: str, less: str = "") -> Subquery:
    """The yen of postings of these kinds by charge, less those of another kind that takes them back; 0 is none."""
    signed = case((LedgerPosting.kind == less, -LedgerEntry.yen), else_=LedgerEntry.yen)
    found = (
        select(LedgerPosting.charge_id, func.sum(signed).label("yen"))
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .where(LedgerPosting.kind.in_((*kinds, less)))
        .group_by(LedgerPosting.charge_id)
    )
    return found.having(func.sum(signed) != 0).subquery()


def _cases() -> Iterator[Check]:
    """No case waits although it is paid, and none waits for a fee that nobody demanded."""
    for purpose, status in WAITS_FOR.items():
        paid = select(Charge.id).join(Application, Application.id == Charge.application_id)
        paid = paid.where(Charge.purpose == purpose, Charge.status == "paid", Application.status == status.value)
        yield "paid_case_waits", paid
        demanded = select(Charge.application_id).where(Charge.purpose == purpose, Charge.status == "demanded")
        waiting = select(Application.id).where(Application.status == status.value)
        yield "case_without_charge", waiting.where(Application.id.not_in(demanded), Application.id.not_in(CASES))
    elsewhere = select(Charge.id).join(Application, Application.id == Charge.application_id)
    lost = or_(
        *(and_(Charge.purpose == purpose, Application.status != status) for purpose, status in WAITS_FOR.items()),
        Application.status.in_(GONE),
    )
    yield "charge_without_case", elsewhere.where(Charge.status == "demanded", lost)


def _totals(session: Session) -> Iterator[Finding]:
    """What the accounts say is what charges and payments say."""
    standing = balances(session)
    owed = session.scalar(select(func.sum(Charge.yen)).where(Charge.status == "demanded")) or 0
    if sum(yen for code, yen in standing.items() if code.startswith(RECEIVABLE)) != owed:
        yield Finding("money.receivable_differs", "ledger", "payment.doctor_receivable_differs")
    held = session.scalar(select(func.sum(Payment.yen)).where(Payment.state == "suspense", Payment.currency == "jpy"))
    given = taken_from_suspense(session) + settled_from_suspense(session)
    if -standing.get(SUSPENSE, 0) != (held or 0) - given:
        yield Finding("money.suspense_differs", "ledger", "payment.doctor_suspense_differs")
    yield from refund_checks(session, standing)
    yield from dispute_checks(session, standing)
    if sum(standing.values()) != 0:
        yield Finding("money.not_zero", "ledger", "payment.doctor_not_zero")


def _closings(session: Session) -> Iterator[Finding]:
    """What is posted and closed cannot be changed; closed days are whole and say what the ledger says."""
    yield from frozen_tables(session, FROZEN)
    for fault in verify(session):
        yield Finding(f"money.closing_{fault.fault}", str(fault.day), f"payment.doctor_closing_{fault.fault}")
