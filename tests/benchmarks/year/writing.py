"""A simulated year written into a database, in bulk and not through the services, which are too slow for that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from payments.ledger.accounts import open_revenue_accounts
from payments.models import (
    BankFile,
    BankLine,
    BankMatch,
    BankStatement,
    Charge,
    LedgerEntry,
    LedgerPosting,
    Payment,
    PaymentShare,
    Payout,
    PayoutItem,
    ProviderImport,
    ProviderTransaction,
)
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Application, PublishedProcedure
from procedures.storing.chunks import in_chunks
from tests.benchmarks.year.plan import ACCOUNTS, FIRST, Other, Sale, Sent, Year

PROVIDER = "stripe"
FISCAL_YEAR = 2026
AT_ONCE = 2000
Row = Mapping[str, Any]
Posting = tuple[str, str, date, str | None, list[tuple[str, str, int]]]


def noon(day: date) -> datetime:
    """A moment within the day, in Tokyo and in UTC."""
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def write(database: Database, year: Year) -> None:
    """All tables of the year; the bank is matched where its lines and payouts are."""
    with database.write() as session:
        _accounts(session)
        put(session, Application.__table__, (_case(sale) for sale in year.sales))
        put(session, Charge.__table__, (_charge(sale) for sale in year.sales))
        put(session, Payment.__table__, (_payment(sale) for sale in year.sales))
        shares = (
            {"payment_id": f"row{sale.number}", "charge_id": sale.charge, "yen": sale.yen}
            for sale in year.sales
            if sale.shared
        )
        put(session, PaymentShare.__table__, shares)
        put(session, ProviderTransaction.__table__, _movements(year))
        put(session, Payout.__table__, (_payout(payout) for payout in year.payouts))
        items = (
            {"provider": PROVIDER, "transaction_id": sale.movement, "payout_id": payout.id}
            for payout in year.payouts
            for sale in payout.contents
        )
        put(session, PayoutItem.__table__, items)
        put(session, ProviderImport.__table__, [{"provider": PROVIDER, "until": noon(year.last)}])
        _bank(session, year)
        _ledger(session, year)


def put(session: Session, table: Table, rows: Iterable[Row]) -> None:
    """Insert, some thousand rows at once."""
    for some in in_chunks(rows, AT_ONCE):
        session.execute(insert(table), some)


def _accounts(session: Session) -> None:
    open_revenue_accounts(session, {account: f"手数料 {account}" for account in ACCOUNTS})
    procedure = {
        "digest": "year",
        "procedure_id": "year",
        "version": FIRST,
        "file": "year.yaml",
        "source": "",
        "concepts": "",
        "published_at": noon(FIRST),
        "published_by": SYSTEM.key,
    }
    session.execute(insert(PublishedProcedure.__table__), procedure)


def _case(sale: Sale) -> Row:
    return {
        "id": f"case{sale.number}",
        "reference": f"Y-{sale.number:06d}",
        "procedure_id": "year",
        "digest": "year",
        "status": "received",
        "status_changed_at": sale.at,
        "round": 1,
        "owner": "person:nobody",
        "language": "ja",
        "created_at": sale.at,
        "submitted_at": sale.at,
    }


def _charge(sale: Sale) -> Row:
    return {
        "id": sale.charge,
        "application_id": f"case{sale.number}",
        "purpose": "submission",
        "status": "paid",
        "yen": sale.yen,
        "waived_yen": 0,
        "lines": [],
        "payer": "",
        "fiscal_year": FISCAL_YEAR,
        "demanded_at": sale.at,
        "due_on": sale.day,
        "due_at": sale.at,
        "paid_at": sale.at,
        "method": sale.method,
    }


def _payment(sale: Sale) -> Row:
    return {
        "id": f"row{sale.number}",
        "provider": PROVIDER,
        "payment_id": sale.payment,
        "provider_charge_id": f"ch_{sale.number}",
        "session_id": f"cs_{sale.number}",
        "charge_id": sale.charge,
        "state": "settled",
        "method": sale.method,
        "yen": sale.yen,
        "currency": "jpy",
        "authorised_at": sale.at,
        "captured_at": sale.at,
        "recorded_at": sale.at,
    }


def _movements(year: Year) -> Iterator[Row]:
    for sale in year.sales:
        if sale.listed_yen is not None:
            yield _movement(sale.movement, "charge", sale.at, sale.listed_yen, sale.fee, sale.payment)
    for other in year.others:
        yield _movement(other.id, other.kind, noon(other.day) + timedelta(hours=9), other.yen, 0, other.payment)
    for payout in year.payouts:
        yield _movement(payout.movement, "payout", noon(payout.day), -payout.yen, 0, None, payout.id)


def _movement(
    name: str, kind: str, at: datetime, yen: int, fee: int, payment: str | None, source: str | None = None
) -> Row:
    return {
        "provider": PROVIDER,
        "transaction_id": name,
        "kind": kind,
        "source_id": source,
        "payment_id": payment,
        "yen": yen,
        "fee_yen": fee,
        "currency": "jpy",
        "method": None,
        "created_at": at,
        "available_at": at,
        "day": at.date(),
        "imported_at": at,
    }


def _payout(payout: Sent) -> Row:
    return {
        "provider": PROVIDER,
        "payout_id": payout.id,
        "transaction_id": payout.movement,
        "yen": payout.yen,
        "fee_yen": 0,
        "status": payout.status,
        "automatic": payout.automatic,
        "day": payout.day,
        "arrives_on": payout.arrives_on,
        "asked_at": noon(payout.day),
    }


def _bank(session: Session, year: Year) -> None:
    """One statement a day, with the balances that follow; a gap is money of which no statement tells."""
    file = {"id": "file", "name": "year", "sha256": "", "content": b"", "account": "", "uploaded_by": SYSTEM.key}
    put(session, BankFile.__table__, [file | {"uploaded_at": noon(FIRST), "confirmed_at": noon(FIRST)}])
    lines = sorted(_lines(year), key=lambda line: line["day"])
    statements, balance, day = [], 10_000_000, FIRST
    by_day: dict[date, list[Row]] = {}
    for line in lines:
        by_day.setdefault(line["day"], []).append(line)
    while day <= year.last:
        balance += 5 if day in year.gaps else 0
        closing = balance + sum(line["yen"] for line in by_day.get(day, ()))
        statements.append(_statement(day, balance, closing))
        balance, day = closing, day + timedelta(days=1)
    put(session, BankStatement.__table__, statements)
    put(session, BankLine.__table__, lines)
    put(session, BankMatch.__table__, (_match(payout) for payout in year.payouts if arrived(payout)))


def arrived(payout: Sent) -> bool:
    """Whether the bank's line is surely this payout's."""
    return payout.line_yen == payout.yen and "ｽﾄﾗｲﾌﾟ" in payout.text


def _lines(year: Year) -> Iterator[dict[str, Any]]:
    for payout in year.payouts:
        if payout.line_yen is not None:
            day = payout.arrives_on + timedelta(days=payout.late)
            yield _line(payout.line, day, payout.line_yen, payout.text, 1)
    for extra in year.extras:
        yield _line(extra.id, extra.day, extra.yen, extra.text, extra.number)


def _line(name: str, day: date, yen: int, text: str, number: int) -> dict[str, Any]:
    row = {"id": name, "statement_id": f"statement_{day}", "account": "A", "day": day, "number": number}
    return row | {"yen": yen, "text": text, "reference": "", "place": 1}


def _statement(day: date, opening: int, closing: int) -> Row:
    row = {"id": f"statement_{day}", "file_id": "file", "account": "A", "holder": "", "first_on": day, "last_on": day}
    return row | {"opening_yen": opening, "closing_yen": closing, "imported_at": noon(day)}


def _match(payout: Sent) -> Row:
    row = {"line_id": payout.line, "provider": PROVIDER, "payout_id": payout.id, "by": SYSTEM.key}
    return row | {"matched_at": noon(payout.arrives_on)}


def _ledger(session: Session, year: Year) -> None:
    """Postings are counted here, so that their entries can be written beside them."""
    for some in in_chunks(enumerate(_postings(year), 1), AT_ONCE):
        postings, entries = [], []
        for number, (kind, source, day, charge, lines) in some:
            row = {"id": number, "kind": kind, "source": source, "charge_id": charge, "at": noon(day), "day": day}
            postings.append(row | {"fiscal_year": FISCAL_YEAR, "entry_count": len(lines)})
            entries += [
                {"posting_id": number, "line": line, "debit": debit, "credit": credit, "yen": yen}
                for line, (debit, credit, yen) in enumerate(lines, 1)
            ]
        session.execute(insert(LedgerPosting.__table__), postings)
        session.execute(insert(LedgerEntry.__table__), entries)


def _postings(year: Year) -> Iterator[Posting]:
    provider, fee, transit = f"provider:{PROVIDER}", f"fee:{PROVIDER}", f"in_transit:{PROVIDER}"
    for sale in year.sales:
        owed, revenue = f"receivable:{sale.account}", f"revenue:{sale.account}"
        yield "demand", f"demand:{sale.charge}", sale.day, sale.charge, [(owed, revenue, sale.yen)]
        if sale.posted_yen is not None:
            entries = [(provider, owed, sale.posted_yen)]
            yield "receipt", f"receipt:{PROVIDER}:{sale.payment}", sale.day, sale.charge, entries
        if sale.listed_yen is not None and sale.fee_posted and sale.fee:
            yield "fee", f"fee:{PROVIDER}:{sale.movement}", sale.day, None, [(fee, provider, sale.fee)]
    for payout in year.payouts:
        if payout.posted:
            yield (
                "payout",
                f"payout:{PROVIDER}:{payout.movement}",
                payout.day,
                None,
                _moved(transit, provider, payout.yen),
            )
        if arrived(payout):
            entries = _moved("bank", transit, payout.yen)
            yield "arrival", f"arrival:{PROVIDER}:{payout.id}", payout.arrives_on, None, entries
    for other in year.others:
        yield from _returned(other, provider, transit)


def _returned(other: Other, provider: str, transit: str) -> Sequence[Posting]:
    if other.kind != "payout_failure":
        return ()
    return [("payout", f"payout:{PROVIDER}:{other.id}", other.day, None, [(provider, transit, other.yen)])]


def _moved(to: str, out_of: str, yen: int) -> list[tuple[str, str, int]]:
    return [(to, out_of, yen)] if yen > 0 else [(out_of, to, -yen)]
