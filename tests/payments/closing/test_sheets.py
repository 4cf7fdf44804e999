"""A sheet says what the ledger says: day by day, month by month, from its beginning and from the last sealed day."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from payments.closing.checking import verify
from payments.closing.computing import sheet_of, sheets_from_ledger
from payments.closing.reading import closed
from payments.closing.sealing import seal
from payments.closing.sheet import Sheet
from payments.ledger import BANK, SUSPENSE, Entry, balances, fee_account, post
from payments.ledger.years import carry_over
from procedures.actors import Actor, posts
from procedures.database import Database
from tests.payments.closing import world

FIRST = date(2026, 3, 28)
SPAN = 8  # days, over the turn of the fiscal year
LAST = FIRST + timedelta(days=SPAN - 1)
FINANCE = Actor("staff", "tanaka", "田中 会計", posts({"finance"}, {"*"}))


class Undo(Exception):
    """Leaves nothing behind."""


@contextmanager
def nothing_kept(database: Database) -> Iterator[Session]:
    with suppress(Undo), database.write() as session:
        yield session
        undo()


def undo() -> None:
    raise Undo


days = st.integers(0, SPAN - 1)
lives = st.lists(
    st.tuples(
        days,
        st.sampled_from(sorted(world.ACCOUNTS)),
        st.sampled_from(world.BUREAUS),
        st.integers(1, 9000),
        st.sampled_from(("open", "pay", "lapse", "cancel", "refund")),
        days,
        st.sampled_from(world.METHODS),
    ),
    max_size=10,
)
others = st.lists(st.tuples(days, st.sampled_from(("suspense", "fee", "payout")), st.integers(1, 900)), max_size=5)


def live(session: Session, now: datetime, charges: list[tuple], moves: list[tuple]) -> None:
    """Carry it all out in the order of days."""
    world.found_bureaus(session, now)
    happenings = []
    for number, (day, account, bureau, yen, fate, later, method) in enumerate(charges):
        happenings.append((day, 0, number, (account, bureau, yen), "demand", method))
        after = max(day, later)
        if fate in {"pay", "refund"}:
            happenings.append((after, 1, number, (), "pay", method))
        if fate not in {"open", "pay"}:
            happenings.append((max(day, later), 2, number, (), fate, method))
    owed = {}
    for day, _, number, facts, what, method in sorted(happenings):
        at = FIRST + timedelta(days=day)
        if what == "demand":
            owed[number] = world.demand(session, number, at, *facts)
        elif what == "pay":
            world.pay(session, owed[number], at, method)
        elif what == "refund":
            world.refund(session, owed[number], at)
        else:
            world.end(session, owed[number], at, what)
    for number, (day, kind, yen) in enumerate(moves):
        pair = {"suspense": (world.PROVIDER, SUSPENSE), "payout": (BANK, world.PROVIDER)}
        debit, credit = pair.get(kind, (fee_account("stripe"), world.PROVIDER))
        at = FIRST + timedelta(days=day)
        post(session, now, kind, f"x{number}", [Entry(debit, credit, yen)], day=at, fiscal_year=2026)


def total(sheets: list[Sheet], name: str) -> dict[object, int]:
    """A figure of every line, added up over sheets."""
    found: dict[object, int] = {}
    for sheet in sheets:
        for line in sheet.lines:
            found[line.key] = found.get(line.key, 0) + getattr(line, name)
    return {key: yen for key, yen in found.items() if yen}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(charges=lives, moves=others, cut=st.integers(1, SPAN - 1))
def test_days_add_up_to_spans_and_balances(
    database: Database, now: datetime, charges: list[tuple], moves: list[tuple], cut: int
) -> None:
    with nothing_kept(database) as session:
        live(session, now, charges, moves)
        each = [sheet_of(session, FIRST + timedelta(days=n)) for n in range(SPAN)]
        first, rest = (
            sheet_of(session, FIRST, FIRST + timedelta(days=cut - 1)),
            sheet_of(session, FIRST + timedelta(days=cut), LAST),
        )
        whole = sheet_of(session, FIRST, LAST)
        for name in ("demanded", "collected", "refunded", "ended"):
            assert total(each, name) == total([first, rest], name) == total([whole], name)
        standing = balances(session)
        for line_code in world.ACCOUNTS:
            owed = sum(line.closing for line in whole.lines if line.account == line_code)
            assert owed == standing.get(f"receivable:{line_code}", 0)
        assert {line.code: line.closing for line in whole.accounts if line.closing} == {
            code: yen
            for code, yen in standing.items()
            if yen and not code.startswith(("receivable:", "revenue:", "carried:"))
        }
        for before, after in pairwise(each):
            closing = {line.key: line.closing for line in before.lines if line.closing}
            assert closing == {line.key: line.opening for line in after.lines if line.opening}
        collected = sum(line.collected for line in whole.lines)
        assert sum(method.yen for method in whole.methods) == collected


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(charges=lives, moves=others, sealed=st.integers(1, SPAN))
def test_a_sheet_from_the_seal_is_the_sheet_from_the_ledger(
    database: Database, now: datetime, charges: list[tuple], moves: list[tuple], sealed: int
) -> None:
    with nothing_kept(database) as session:
        live(session, now, charges, moves)
        unsealed = dict(sheets_from_ledger(session, LAST))
        start = min(unsealed, default=FIRST)
        for number in range(sealed):
            day = start + timedelta(days=number)
            if day <= LAST:
                seal(session, FINANCE, now, day)
                kept = closed(session, day)
                assert kept is not None
                assert kept.sheet == unsealed.get(day, Sheet())
        assert {day: sheet_of(session, day) for day in unsealed} == unsealed
        assert list(verify(session)) == []


def test_a_line_says_what_happened_to_it(database: Database, now: datetime) -> None:
    with nothing_kept(database) as session:
        world.found_bureaus(session, now)
        paid = world.demand(session, 1, FIRST, "1201-03", "hokeniryo", 3000)
        gone = world.demand(session, 2, FIRST, "1201-03", "hokeniryo", 500)
        world.demand(session, 3, FIRST, "1201-03", "kankyo", 70)
        world.pay(session, paid, LAST, "konbini")
        world.end(session, gone, LAST)
        world.refund(session, paid, LAST)
        ours, theirs = sheet_of(session, LAST).lines
        assert (ours.opening, ours.demanded, ours.collected, ours.refunded, ours.ended) == (3500, 0, 3000, 3000, 500)
        assert (ours.fiscal_year, ours.bureau, ours.title, ours.closing) == (2025, "hokeniryo", "犬の登録手数料", 0)
        assert (theirs.bureau, theirs.opening, theirs.closing) == ("kankyo", 70, 70)
        [method] = sheet_of(session, LAST).methods
        assert (method.method, method.count, method.yen, method.bureau) == ("konbini", 1, 3000, "hokeniryo")


def test_a_claim_carried_over_leaves_its_year_and_enters_the_next(database: Database, now: datetime) -> None:
    demanded, carried = date(2026, 3, 30), date(2026, 6, 1)
    with nothing_kept(database) as session:
        world.found_bureaus(session, now)
        world.demand(session, 1, demanded, "1201-03", "hokeniryo", 3000)
        carry_over(session, now, "charge-1", 2025, carried)
        old, new = sheet_of(session, carried).lines
        assert (old.fiscal_year, old.opening, old.carried, old.collected, old.closing) == (2025, 3000, -3000, 0, 0)
        assert (new.fiscal_year, new.opening, new.carried, new.collected, new.closing) == (2026, 0, 3000, 0, 3000)
        assert sheet_of(session, carried).accounts == ()


def test_an_empty_ledger_has_empty_sheets(database: Database) -> None:
    with database.read() as session:
        assert sheet_of(session, FIRST) == Sheet()
        assert list(sheets_from_ledger(session, LAST)) == []


@pytest.mark.parametrize("sheet", [Sheet()])
def test_a_sheet_is_kept_as_it_is(sheet: Sheet) -> None:
    assert Sheet.from_json(sheet.to_json()) == sheet
