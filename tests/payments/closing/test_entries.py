"""What a figure leads to adds up to it: every selection, on both databases, by the rule of the sheets."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from payments.ledger import BANK, SUSPENSE, Entry, balances, post
from payments.ledger.accounts import open_revenue_accounts
from payments.totals.effects import effects
from payments.totals.entries import entries_of, total_of
from payments.totals.movements import moved
from payments.totals.selection import FIGURES, Selection
from procedures.database import Database
from tests.payments.closing import world

DAY = date(2026, 5, 1)
CODES = ("receivable:a", "receivable:b", "revenue:a", "revenue:b", "carried:a", "suspense", "bank", "provider:stripe")


@pytest.fixture
def busy(database: Database, now: datetime) -> Database:
    """Charges of two bureaus on two days with everything that can happen to them, and two amounts of nobody's."""
    with database.write() as session:
        world.found_bureaus(session, now)
        for number, (bureau, account) in enumerate(product(("hokeniryo", "toshi"), ("1201-03", "1305-01"))):
            owed = world.demand(session, number * 10, DAY, account, bureau, 1000 + number)
            world.pay(session, owed, DAY + timedelta(days=1), ("card", "konbini")[number % 2])
            gone = world.demand(session, number * 10 + 1, DAY, account, bureau, 200 + number)
            world.end(session, gone, DAY + timedelta(days=1), ("lapse", "cancel")[number % 2])
            if number == 0:
                world.refund(session, owed, DAY + timedelta(days=1))
        for number, yen in enumerate((7, 90)):
            post(session, now, "suspense", f"s{number}", [Entry(BANK, SUSPENSE, yen)], day=DAY, fiscal_year=2026)
    return database


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_of_a_line_is_the_sum_of_its_entries(busy: Database, figure: str) -> None:
    until = DAY + timedelta(days=1)
    with busy.read() as session:
        for key, line in moved(session, DAY, until).lines.items():
            names = {"account": key.account, "bureau": key.bureau, "fiscal_year": key.fiscal_year}
            wanted = Selection(since=DAY, until=until, figure=figure, **names)
            total, found = total_of(session, wanted), entries_of(session, wanted)
            assert total.yen == getattr(line, figure)
            assert (total.count, sum(row.yen for row in found)) == (len(found), total.yen)
            assert {row.bureau for row in found} <= {key.bureau}


def test_a_method_is_the_sum_of_its_entries(busy: Database) -> None:
    with busy.read() as session:
        methods = moved(session, None, None).methods
        assert {method for _, method in methods} == {"card", "konbini"}
        for (key, method), (count, yen) in methods.items():
            wanted = Selection(figure="collected", account=key.account, bureau=key.bureau, method=method)
            total = total_of(session, wanted)
            assert (total.count, total.yen) == (count, yen)


@pytest.mark.parametrize("code", ["bank", "suspense", "provider:stripe", "receivable:1201-03", "revenue:1305-01"])
def test_a_balance_is_debits_less_credits(busy: Database, code: str) -> None:
    with busy.read() as session:
        total = total_of(session, Selection(ledger=code))
        assert total.yen == total.debit - total.credit == balances(session)[code]
        for side in ("debit", "credit"):
            assert total_of(session, Selection(ledger=code, side=side)).yen == getattr(total, side)


def test_pages_of_entries_are_the_entries_in_their_order(busy: Database) -> None:
    with busy.read() as session:
        whole = entries_of(session, Selection())
        pages = [row for skip in range(0, len(whole), 4) for row in entries_of(session, Selection(), 4, skip)]
    assert pages == whole
    assert whole == sorted(whole, key=lambda row: (row.posting_id, row.line))
    first = whole[0]
    assert (first.kind, first.reference, first.debit_title, first.bureau) == (
        "demand", "R-000000", "犬の登録手数料", "hokeniryo"
    )  # fmt: skip


def test_money_of_nobody_has_no_bureau(busy: Database) -> None:
    with busy.read() as session:
        found = entries_of(session, Selection(bureau="", kind="suspense"))
    assert [(row.yen, row.reference) for row in found] == [(7, None), (90, None)]


@pytest.mark.sqlite_only
def test_sql_and_python_say_the_same_of_every_pair_of_accounts(database: Database, now: datetime) -> None:
    """The rule is written twice, for one entry and for the database: they agree on every pair."""
    pairs = [(debit, credit) for debit in CODES for credit in CODES if debit != credit]
    with database.write() as session:
        open_revenue_accounts(session, {"a": "A", "b": "B"})
        session.execute(world.account("carried:a", "carried", "a"))
        for number, (debit, credit) in enumerate(pairs):
            post(session, now, "x", f"{number}", [Entry(debit, credit, 1)], day=DAY, fiscal_year=2026)
        for figure, account in product(FIGURES, (None, "a", "b")):
            told = {
                (debit, credit)
                for debit, credit in pairs
                if any(one.figure == figure and account in {None, one.account} for one in effects(debit, credit))
            }
            found = entries_of(session, Selection(figure=figure, account=account))
            assert {(row.debit, row.credit) for row in found} == told, (figure, account)
