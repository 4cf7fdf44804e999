"""Charges of several bureaus and the postings about them, made in bulk on any day, without going through a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from payments.days import end_of, start_of
from payments.ledger import Entry, post, provider_account, receivable, revenue
from payments.ledger.accounts import open_revenue_accounts
from payments.models import Charge, LedgerAccount, Payment, PaymentShare
from procedures.days import fiscal_year
from procedures.models import Application, PublishedProcedure

BUREAUS = ("hokeniryo", "kankyo", "toshi")
ACCOUNTS = {"1201-03": "犬の登録手数料", "1201-04": "注射済票交付手数料", "1305-01": "建築確認手数料"}
METHODS = ("card", "konbini", "paypay")
PROVIDER = provider_account("stripe")


@dataclass(frozen=True, slots=True)
class Owed:
    """A charge as the tests speak of it."""

    id: str
    reference: str
    account: str
    bureau: str
    yen: int
    year: int


def found_bureaus(session: Session, now: datetime, bureaus: Sequence[str] = BUREAUS) -> None:
    """A published procedure of each bureau, and the accounts."""
    rows = [
        {
            "digest": f"digest-{bureau}",
            "procedure_id": f"procedure-{bureau}",
            "version": date(2026, 4, 1),
            "file": "f",
            "source": "s",
            "concepts": "",
            "published_at": now,
            "published_by": "system",
            "bureau": bureau,
        }
        for bureau in bureaus
    ]
    session.execute(insert(PublishedProcedure), rows)
    open_revenue_accounts(session, ACCOUNTS)


def demand(session: Session, number: int, day: date, account: str, bureau: str, yen: int, **more: Any) -> Owed:
    """A charge demanded on a day, and posted."""
    at = start_of(day) + timedelta(hours=10)
    owed = Owed(f"charge-{number}", f"R-{number:06}", account, bureau, yen, fiscal_year(day))
    case = {"id": f"case-{number}", "reference": owed.reference, "procedure_id": f"procedure-{bureau}"}
    case |= {"digest": f"digest-{bureau}", "status": "awaiting_fee", "status_changed_at": at, "round": 1}
    session.execute(insert(Application), [{**case, "owner": "person:hanako", "language": "ja", "created_at": at}])
    line = {
        "id": "fee",
        "title": {"ja": ACCOUNTS[account]},
        "account": account,
        "yen": yen,
        "law": "条例",
        "count": 1,
        "unit_yen": yen,
    }
    row = {"id": owed.id, "application_id": case["id"], "purpose": "submission", "status": "demanded", "yen": yen}
    row |= {"waived_yen": 0, "lines": [line], "payer": "山田 花子", "fiscal_year": owed.year, "demanded_at": at}
    row |= {"due_on": day + timedelta(days=14), "due_at": end_of(day + timedelta(days=14))}
    session.execute(insert(Charge), [{**row, **more}])
    _post(session, day, "demand", owed, receivable(account), revenue(account))
    return owed


def pay(session: Session, owed: Owed, day: date, method: str) -> None:
    """The charge is paid on a day, through the provider."""
    at = start_of(day) + timedelta(hours=12)
    row = {"provider": "stripe", "payment_id": f"pi_{owed.id}", "provider_charge_id": f"ch_{owed.id}"}
    row |= {"session_id": f"cs_{owed.id}", "charge_id": owed.id, "state": "settled", "method": method}
    row |= {"yen": owed.yen, "currency": "jpy", "authorised_at": at, "captured_at": at, "recorded_at": at}
    row |= {
        "available_at": at + timedelta(days=4),
        "transaction_id": f"txn_{owed.id}",
        "fee_yen": owed.yen * 36 // 1000,
    }
    payment = Payment(**row)
    session.add(payment)
    session.flush()
    session.add(PaymentShare(payment_id=payment.id, charge_id=owed.id, yen=owed.yen))
    charge = session.get_one(Charge, owed.id)
    charge.status, charge.paid_at, charge.method = "paid", at, method
    session.get_one(Application, charge.application_id).status = "received"
    session.flush()
    _post(session, day, "receipt", owed, PROVIDER, receivable(owed.account))


def end(session: Session, owed: Owed, day: date, kind: str = "lapse") -> None:
    """The charge ends unpaid."""
    charge = session.get_one(Charge, owed.id)
    charge.status = "lapsed" if kind == "lapse" else "cancelled"
    charge.ended_at = start_of(day) + timedelta(hours=3)
    session.get_one(Application, charge.application_id).status = "lapsed"
    session.flush()
    _post(session, day, kind, owed, revenue(owed.account), receivable(owed.account))


def refund(session: Session, owed: Owed, day: date) -> None:
    """What was paid is given back by the provider."""
    _post(session, day, "refund", owed, revenue(owed.account), PROVIDER)


def _post(session: Session, day: date, kind: str, owed: Owed, debit: str, credit: str) -> None:
    at = start_of(day) + timedelta(hours=10)
    entry = Entry(debit, credit, owed.yen)
    source = f"{kind}:{owed.id}"
    post(session, at, kind, source, [entry], day=day, fiscal_year=owed.year, charge_id=owed.id)


def account(code: str, kind: str, revenue_code: str | None = None) -> Any:
    """The statement that opens one more account."""
    return insert(LedgerAccount).values(code=code, kind=kind, revenue_code=revenue_code, title=code)
