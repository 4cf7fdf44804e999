"""A file of the bank becomes statements, lines and matches: whole, once, and with every mismatch told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from payments import doctor
from payments.bank.files import hand_in, preview
from payments.bank.importing import FileHasTroubles, confirm
from payments.models import BankFile, BankLine, BankMatch, BankStatement, Discrepancy, LedgerPosting, Payout
from payments.reconciliation import compare, import_transactions
from procedures.actors import Actor
from procedures.database import Database
from procedures.errors import NotFound
from tests.payments.bank.written import Account, Movement, table, zengin
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_day import paid, settle
from tests.payments.till import Till

MAY = date(2026, 5, 1)
LATER = datetime(2026, 5, 30, 1, tzinfo=UTC)
STRIPE = "ｽﾄﾗｲﾌﾟ"


def bring(database: Database, actor: Actor, content: bytes, account: str = "", now: datetime = LATER) -> int:
    """Upload and confirm."""
    with database.write() as session:
        file_id = hand_in(session, actor, now, "file.txt", content, account)
    with database.write() as session:
        return confirm(session, actor, now, file_id)


def count(database: Database, model: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def open_kinds(database: Database) -> list[str]:
    with database.read() as session:
        query = select(Discrepancy.kind).where(Discrepancy.resolved_at.is_(None)).order_by(Discrepancy.kind)
        return list(session.scalars(query))


def month(*moves: Movement, opening: int = 0, first: date = MAY, last: date = date(2026, 5, 29)) -> Account:
    return Account(first, last, opening, list(moves))


def test_the_same_file_twice_brings_nothing_new(database: Database, tanaka: Actor) -> None:
    content = zengin(month(Movement(MAY, 500), Movement(MAY, 500), Movement(MAY, -100)))
    assert bring(database, tanaka, content) == 3
    assert bring(database, tanaka, content) == 0
    assert (count(database, BankLine), count(database, BankStatement)) == (3, 1)


@pytest.mark.sqlite_only
def test_files_that_overlap_bring_what_is_new(database: Database, tanaka: Actor) -> None:
    moves = [Movement(MAY + timedelta(days=day), 500) for day in (0, 0, 1, 2)]
    assert bring(database, tanaka, zengin(month(*moves[:3], last=date(2026, 5, 2)))) == 3
    assert bring(database, tanaka, zengin(month(*moves))) == 1
    assert count(database, BankLine) == 4


def test_a_file_is_all_or_nothing(database: Database, tanaka: Actor) -> None:
    good, bad = month(Movement(MAY, 500)), month(Movement(MAY, 500))
    bad.number = 7
    rows = zengin(good, bad).decode("shift_jis").split("\r\n")
    rows[4] = rows[4][:21] + "9" + rows[4][22:]
    with pytest.raises(FileHasTroubles) as refused:
        bring(database, tanaka, "\r\n".join(rows).encode("shift_jis"))
    assert [trouble.place for trouble in refused.value.troubles] == [5]
    assert (count(database, BankLine), count(database, BankStatement)) == (0, 0)


@pytest.mark.sqlite_only
def test_a_preview_tells_what_is_new_and_keeps_nothing(database: Database, tanaka: Actor) -> None:
    bring(database, tanaka, zengin(month(Movement(MAY, 500), last=MAY)))
    with database.write() as session:
        file_id = hand_in(session, tanaka, LATER, "x" * 300, zengin(month(Movement(MAY, 500), Movement(MAY, 7))), "")
    with database.read() as session:
        seen = preview(session, file_id)
        with pytest.raises(NotFound):
            preview(session, "none")
    assert (seen.format, seen.new_lines, seen.fresh, seen.confirmed_at) == ("zengin", 1, (1,), None)
    assert len(seen.name) == 200
    assert count(database, BankLine) == 1


def test_confirming_twice_changes_nothing(database: Database, tanaka: Actor) -> None:
    with database.write() as session:
        file_id = hand_in(session, tanaka, LATER, "f", zengin(month(Movement(MAY, 500))), "")
    for new in (1, 0):
        with database.write() as session:
            assert confirm(session, tanaka, LATER, file_id) == new


@pytest.mark.sqlite_only
def test_what_is_never_confirmed_is_thrown_away(database: Database, tanaka: Actor) -> None:
    bring(database, tanaka, zengin(month(Movement(MAY, 500))))
    with database.write() as session:
        hand_in(session, tanaka, LATER, "forgotten", b"x", "")
    assert count(database, BankFile) == 2
    with database.write() as session:
        hand_in(session, tanaka, LATER + timedelta(days=2), "new", b"y", "")
    with database.read() as session:
        assert sorted(session.scalars(select(BankFile.name))) == ["file.txt", "new"]


@pytest.mark.parametrize(
    "statement", ["UPDATE bank_line SET yen = 1", "DELETE FROM bank_line", "DELETE FROM bank_statement"]
)
def test_what_the_bank_said_is_never_changed(database: Database, tanaka: Actor, statement: str) -> None:
    bring(database, tanaka, zengin(month(Movement(MAY, 500))))
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text(statement))


@pytest.fixture
def sent(counter: Till, scripted: ScriptedProvider) -> Till:
    """A payment of 1,000 yen, paid out as 964 to arrive on 20 May."""
    paid(counter, scripted)
    settle(counter)
    counter.later(days=5)
    scripted.now = counter.now
    scripted.pay_out(964)
    counter.later(hours=1)
    import_transactions(counter.database, scripted, counter.now)
    assert counter.balances() == {"in_transit:stripe": 964, "fee:stripe": 36, "revenue:1201-03": -1000}
    return counter


ARRIVAL = date(2026, 5, 20)


def test_a_payout_arrives(sent: Till, tanaka: Actor) -> None:
    bring(sent.database, tanaka, zengin(month(Movement(ARRIVAL, 964, STRIPE))))
    assert sent.balances() == {"bank": 964, "fee:stripe": 36, "revenue:1201-03": -1000}
    assert sent.postings()[-1] == "arrival"
    assert open_kinds(sent.database) == []
    with sent.database.read() as session:
        found = compare(session, ARRIVAL)
        day = session.scalar(select(LedgerPosting.day).where(LedgerPosting.kind == "arrival"))
    assert (found.mismatches, found.bank_until, day) == ((), date(2026, 5, 29), ARRIVAL)
    assert bring(sent.database, tanaka, zengin(month(Movement(ARRIVAL, 964, STRIPE)))) == 0
    sent.is_sound()


def test_the_bank_is_imported_before_the_payout_is_known(
    counter: Till, scripted: ScriptedProvider, tanaka: Actor
) -> None:
    bring(counter.database, tanaka, zengin(month(Movement(ARRIVAL, 964, STRIPE))))
    assert open_kinds(counter.database) == ["bank_line_unknown"]
    paid(counter, scripted)
    settle(counter)
    counter.later(days=5)
    scripted.now = counter.now
    scripted.pay_out(964)
    counter.later(hours=1)
    import_transactions(counter.database, scripted, counter.now)
    assert open_kinds(counter.database) == [], "what was unknown is matched and goes away by itself"
    with counter.database.read() as session:
        (gone,) = session.scalars(select(Discrepancy)).all()
    assert (gone.resolved_by, gone.resolution) == ("system", "matches_now")
    assert counter.balances()["bank"] == 964
    counter.is_sound()


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("moves", "last", "kinds"),
    [
        ([], date(2026, 5, 24), []),
        ([], date(2026, 5, 25), ["payout_missing_in_bank"]),
        ([Movement(ARRIVAL, 900, STRIPE)], date(2026, 5, 29), ["bank_amount_differs"]),
        ([Movement(ARRIVAL, 964, "ｿﾉﾀ")], date(2026, 5, 29), ["bank_match_unsure"]),
        ([Movement(ARRIVAL, 50, "ｿﾉﾀ")], date(2026, 5, 24), ["bank_line_unknown"]),
        (
            [Movement(ARRIVAL, 964, STRIPE), Movement(ARRIVAL, 964, STRIPE)],
            date(2026, 5, 29),
            ["bank_match_unsure", "bank_match_unsure"],
        ),
        (
            [Movement(ARRIVAL, 964, STRIPE), Movement(MAY, 70, "ｿﾉﾀ"), Movement(MAY, 70, "ｿﾉﾀ")],
            date(2026, 5, 29),
            ["bank_line_twice", "bank_line_unknown"],
        ),
        ([Movement(ARRIVAL, -964, STRIPE)], date(2026, 5, 24), ["bank_line_unknown"]),
    ],
)
def test_what_does_not_match(sent: Till, tanaka: Actor, moves: list[Movement], last: date, kinds: list[str]) -> None:
    bring(sent.database, tanaka, zengin(month(*sorted(moves, key=lambda move: move.day), last=last)))
    assert open_kinds(sent.database) == kinds


@pytest.mark.sqlite_only
def test_a_missing_payout_that_arrives_late(sent: Till, tanaka: Actor) -> None:
    bring(sent.database, tanaka, zengin(month(last=date(2026, 5, 24))))
    bring(sent.database, tanaka, zengin(month(first=date(2026, 5, 25), last=date(2026, 5, 25))))
    assert open_kinds(sent.database) == ["payout_missing_in_bank"]
    late = Account(date(2026, 5, 24), date(2026, 5, 26), 0, [Movement(date(2026, 5, 25), 964, STRIPE)])
    bring(sent.database, tanaka, zengin(late))
    assert open_kinds(sent.database) == []
    assert count(sent.database, BankMatch) == 1


@pytest.mark.sqlite_only
def test_balances_must_go_on(database: Database, tanaka: Actor) -> None:
    bring(database, tanaka, zengin(month(Movement(MAY, 5), last=MAY)))
    third = Account(date(2026, 5, 3), date(2026, 5, 3), 12, [Movement(date(2026, 5, 3), 1)])
    bring(database, tanaka, zengin(third))
    assert [kind for kind in open_kinds(database) if kind == "bank_balance_gap"] == ["bank_balance_gap"]
    between = Account(date(2026, 5, 2), date(2026, 5, 2), 5, [Movement(date(2026, 5, 2), 7)])
    bring(database, tanaka, zengin(between))
    assert "bank_balance_gap" not in open_kinds(database), "the missing statement closes the gap"


@pytest.mark.sqlite_only
def test_accounts_are_apart(database: Database, tanaka: Actor) -> None:
    one, other = month(Movement(MAY, 5), last=MAY), month(Movement(MAY, 5), opening=900, last=MAY)
    other.number = 42
    assert bring(database, tanaka, zengin(one, other)) == 2
    assert "bank_balance_gap" not in open_kinds(database)


@pytest.mark.sqlite_only
def test_a_table_of_the_same_movements_of_an_account_is_the_same(database: Database, tanaka: Actor) -> None:
    one = month(Movement(MAY, 500, "ﾌﾘｺﾐ", "ﾔﾏﾀﾞ"))
    assert bring(database, tanaka, zengin(one)) == 1
    assert bring(database, tanaka, table(one), account=one.name) == 0


def test_money_that_the_provider_takes_back(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    scripted.pay_out(-300, automatic=False)
    counter.later(hours=1)
    import_transactions(counter.database, scripted, counter.now)
    assert open_kinds(counter.database) == ["payout_negative"]
    assert counter.balances() == {"provider:stripe": 300, "in_transit:stripe": -300}
    bring(counter.database, tanaka, zengin(month(Movement(ARRIVAL, -300, STRIPE), opening=1000)))
    assert open_kinds(counter.database) == []
    assert counter.balances() == {"provider:stripe": 300, "bank": -300}


@pytest.mark.sqlite_only
def test_a_payout_whose_contents_are_something_else(counter: Till, scripted: ScriptedProvider) -> None:
    paid(counter, scripted)
    settle(counter)
    scripted.now = counter.now
    scripted.pay_out(960)
    counter.later(hours=1)
    import_transactions(counter.database, scripted, counter.now)
    with counter.database.read() as session:
        (wrong,) = session.scalars(select(Discrepancy)).all()
    assert (wrong.kind, wrong.expected, wrong.found) == ("payout_sum_differs", "960", "964")


def test_a_payout_that_fails_comes_back(sent: Till, scripted: ScriptedProvider) -> None:
    from dataclasses import replace

    scripted.paid_out["po_1"] = replace(scripted.paid_out["po_1"], status="failed")
    scripted.now = sent.now
    scripted.move("payout_failure", 964, 0, "txn_back", None, source_id="po_1")
    sent.later(hours=1)
    import_transactions(sent.database, scripted, sent.now)
    assert open_kinds(sent.database) == ["payout_failed"]
    assert sent.balances() == {"provider:stripe": 964, "fee:stripe": 36, "revenue:1201-03": -1000}
    with sent.database.read() as session:
        assert session.scalar(select(Payout.status)) == "failed"


def test_the_data_check_misses_the_posting_of_an_arrival(sent: Till, tanaka: Actor) -> None:
    bring(sent.database, tanaka, zengin(month(Movement(ARRIVAL, 964, STRIPE))))
    with sent.database.read() as session:
        assert doctor.run(session) == []
    with sent.database.write() as session:
        row = {
            "provider": "stripe",
            "payout_id": "po_9",
            "transaction_id": "t",
            "yen": 5,
            "fee_yen": 0,
            "status": "paid",
        }
        session.add(Payout(**row, automatic=False, day=MAY, arrives_on=MAY, asked_at=LATER))
        session.flush()
        session.execute(text("UPDATE bank_match SET payout_id = 'po_9'"))
    with sent.database.read() as session:
        assert [finding.check for finding in doctor.run(session)] == ["money.arrival_differs"]
