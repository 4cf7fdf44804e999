"""Messages in the same moment: none is lost, none is doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from procedures import audit
from procedures.correspondence import reading, rules, writing
from procedures.errors import MessageRefused
from procedures.models import Person
from tests.procedures.conftest import Desk

ROUNDS = 3


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to; the refusal where it was refused."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except MessageRefused as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def messages(desk: Desk, case: str) -> reading.Exchange:
    with desk.database.read() as session:
        assert audit.verify(session) == []
        return reading.of_office(session, desk.people.sato, case)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_clerks_answer_at_once(desk: Desk, attempt: int) -> None:
    case = desk.received()
    desk.do(writing.from_applicant, desk.people.hanako, case, "いつですか。", "n")
    with desk.database.write() as session:
        session.add(
            Person(id="rival", issuer="i", subject="rival", name="高橋 主任", created_at=desk.now, seen_at=desk.now)
        )
    seen = messages(desk, case).last
    clerks = (desk.people.sato, replace(desk.people.sato, id="rival"))
    done = together(
        *(lambda clerk=clerk: desk.do(writing.from_office, clerk, case, clerk.id, "n", seen) for clerk in clerks)
    )
    assert done == [True, True]
    told = messages(desk, case)
    assert {one.text for one in told.messages} == {"いつですか。", "sato", "rival"}
    assert {one.by for one in told.messages} == {"", "佐藤 係員", "高橋 主任"}
    assert not told.waiting


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_double_click(desk: Desk, attempt: int) -> None:
    case = desk.received()
    done = together(*[lambda: desk.do(writing.from_applicant, desk.people.hanako, case, "はい", "n")] * 3)
    assert sorted(done) == [False, False, True]
    assert len(messages(desk, case).messages) == 1


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_written_while_an_answer_is_sent(desk: Desk, attempt: int) -> None:
    """What the clerk had not seen goes on waiting, whoever was first."""
    case = desk.received()
    desk.do(writing.from_applicant, desk.people.hanako, case, "一つ目", "n")
    seen = messages(desk, case).last
    together(
        lambda: desk.do(writing.from_office, desk.people.sato, case, "返事", "n", seen),
        lambda: desk.do(writing.from_applicant, desk.people.hanako, case, "二つ目", "n"),
    )
    assert [one.text for one in messages(desk, case).waiting] == ["二つ目"]


def test_the_last_one_of_a_day_is_written_once(desk: Desk) -> None:
    case = desk.received()
    for number in range(rules.A_DAY - 1):
        desk.do(writing.from_applicant, desk.people.hanako, case, "はい", str(number))
    done = together(
        *(lambda name=name: desk.do(writing.from_applicant, desk.people.hanako, case, name, "n") for name in "ab")
    )
    assert sorted(isinstance(one, MessageRefused) for one in done) == [False, True]
    assert len(messages(desk, case).messages) == rules.A_DAY
