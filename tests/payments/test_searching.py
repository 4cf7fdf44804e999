"""Charges are found by what finance has in hand, on both databases."""

from datetime import date, timedelta

import pytest

from payments.history import steps_of
from payments.receipts import asking
from payments.searching import Search, search
from payments.sweep import sweep
from procedures.database import Database
from tests.payments.closing import world
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

DAY = date(2026, 4, 20)


@pytest.fixture
def charges(database: Database, now: object) -> Database:
    """Five charges of different payers and amounts, one paid."""
    with database.write() as session:
        world.found_bureaus(session, now)
        for number, payer in enumerate(("山田 花子", "髙橋　次郎", "高橋 三郎", "100% 株式会社", "𠮷田")):
            day = DAY + timedelta(days=number)
            owed = world.demand(session, number, day, "1201-03", "toshi", 1000 + number, payer=payer)
            if number == 1:
                world.pay(session, owed, day, "card")
    return database


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "山田花子"}, [0]),
        ({"text": "高橋"}, [2]),
        ({"text": "髙橋 次"}, [1]),
        ({"text": "𠮷"}, [4]),
        ({"text": "%"}, [3]),
        ({"text": "_"}, []),
        ({"text": "橋"}, [2, 1]),
        ({"text": "1,002円"}, [2]),
        ({"text": "100"}, [3]),
        ({"text": "9" * 30}, []),
        ({"text": "pi_charge-1"}, [1]),
        ({"text": "ch_charge-1"}, [1]),
        ({"text": "txn_charge-1"}, [1]),
        ({"text": "cs_charge-1"}, [1]),
        ({"text": "pi_charge-2"}, []),
        ({"status": "demanded"}, [4, 3, 2, 0]),
        ({"status": "paid"}, [1]),
        ({"since": DAY + timedelta(days=3)}, [4, 3]),
        ({"until": DAY}, [0]),
        ({"text": "橋", "status": "paid"}, [1]),
    ],
)
def test_what_is_found(charges: Database, wanted: dict[str, object], found: list[int]) -> None:
    with charges.read() as session:
        result = search(session, Search(**wanted), 50)
    assert [charge.id for charge in result.charges] == [f"charge-{number}" for number in found]
    assert (result.count, result.yen) == (len(found), sum(1000 + number for number in found))


def test_pages_follow_each_other_and_the_sum_is_of_all(charges: Database) -> None:
    with charges.read() as session:
        whole = search(session, Search(status="demanded"), None)
        pages = [search(session, Search(status="demanded"), 1, skip) for skip in range(5)]
    assert [charge for page in pages for charge in page.charges] == list(whole.charges)
    assert {(page.count, page.yen) for page in pages} == {(4, 4009)}


def test_a_story_knows_its_links_receipts_and_troubles(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    scripted.pay(str(counter.open(application_id).url).rpartition("/")[2], "card")
    counter.later(minutes=11)
    sweep(counter.database, counter.provider, counter.now)
    charge = counter.charge(application_id)
    with counter.database.write() as session:
        asking.ask(session, counter.desk.people.hanako, counter.now, charge.id, None, "山田 花子", "東京都")
    with counter.database.read() as session:
        (step,) = steps_of(session, charge.id)
        number = step.code
        assert step.kind == "receipt_issued"
        found = search(session, Search(text=number), 5)
    assert [one.id for one in found.charges] == [charge.id]
    assert "receipt" in found.sorts
