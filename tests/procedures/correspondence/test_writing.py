"""Who may write what about a case, and what it leaves alone."""

from datetime import datetime, timedelta

import pytest

from engine.lifecycle import Status
from procedures import applications, audit, cases
from procedures.actors import Actor, Business
from procedures.correspondence import reading, rules, writing
from procedures.errors import MessageRefused, NotFound
from tests.procedures.conftest import Desk
from tests.procedures.correspondence.talking import (
    ELSEWHERE,
    answer,
    kinds,
    seen_by_applicant,
    seen_by_office,
    write,
)

ODD = "👩‍👩‍👧 \u202eשלום\u202c  葛󠄀飾区\n<b>https://example.jp/?a=1&b=2</b>"


def test_both_sides_write_and_read(desk: Desk) -> None:
    case = desk.claimed()
    assert write(desk, case, ODD)
    assert answer(desk, case, seen=seen_by_office(desk, case).last)
    read = seen_by_applicant(desk, case).messages
    assert [(one.from_office, one.text, one.by, one.waits) for one in read] == [
        (False, ODD, "", False),
        (True, "来週です。", "", False),
    ]
    assert [one.by for one in seen_by_office(desk, case).messages] == ["", "佐藤 係員"]


def test_the_case_and_its_clock_stay_as_they_are(desk: Desk) -> None:
    case = desk.claimed()
    with desk.database.read() as session:
        before = cases.view(session, desk.people.sato, case)
    write(desk, case)
    answer(desk, case)
    with desk.database.read() as session:
        assert cases.view(session, desk.people.sato, case) == before
        assert audit.verify(session) == []


@pytest.mark.parametrize("by", ["taro", "sato", "suzuki", "tanaka"])
def test_others_do_not_write_as_the_applicant(desk: Desk, by: str) -> None:
    with pytest.raises(NotFound):
        write(desk, desk.received(), by=getattr(desk.people, by))


@pytest.mark.parametrize("by", ["hanako", "tanaka", "kimura", "elsewhere"])
def test_others_do_not_write_as_the_office(desk: Desk, by: str) -> None:
    case, actor = desk.received(), getattr(desk.people, by, ELSEWHERE)
    with pytest.raises(NotFound):
        answer(desk, case, by=actor)
    with pytest.raises(NotFound):
        desk.do(writing.settle, actor, case, 9)


def test_an_approver_may_answer(desk: Desk) -> None:
    assert answer(desk, desk.received(), by=desk.people.suzuki)


def test_others_do_not_read(desk: Desk) -> None:
    case = desk.received()
    write(desk, case)
    with desk.database.read() as session:
        for actor in (desk.people.taro, desk.people.sato):
            with pytest.raises(NotFound):
                reading.of_applicant(session, actor, case)
        with pytest.raises(NotFound):
            reading.of_office(session, ELSEWHERE, case)
        assert reading.unread_by_applicant(session, desk.people.taro) == frozenset()


def test_there_is_nothing_to_write_about_a_draft(desk: Desk) -> None:
    draft = desk.draft()
    for act in (lambda: write(desk, draft), lambda: answer(desk, draft), lambda: seen_by_applicant(desk, draft)):
        with pytest.raises(NotFound):
            act()


def test_colleagues_of_a_business_share_what_is_written(desk: Desk, now: datetime) -> None:
    firm = Business("1234567890123")
    first, second = (Actor("resident", id, id, business=firm) for id in ("hanako", "taro"))
    case = desk.draft("permit", first, copies=0)
    desk.submit(case, first)
    assert write(desk, case, "one", by=first)
    assert write(desk, case, "two", by=second)
    with pytest.raises(NotFound):
        write(desk, case, by=desk.people.taro)  # for himself


@pytest.mark.parametrize("text", ["あ" * rules.LONGEST, "👍" * rules.LONGEST, "x"])
def test_so_long_a_message_is_kept_as_it_is(desk: Desk, text: str) -> None:
    case = desk.received()
    write(desk, case, text)
    assert seen_by_applicant(desk, case).messages[0].text == text


@pytest.mark.parametrize(("text", "what"), [("", "empty"), ("あ" * (rules.LONGEST + 1), "long")])
def test_what_does_not_do_is_refused(desk: Desk, text: str, what: str) -> None:
    case = desk.received()
    for act in (write, answer):
        with pytest.raises(MessageRefused) as refused:
            act(desk, case, text)
        assert refused.value.what == what
    assert not seen_by_applicant(desk, case).messages


def test_a_form_sent_twice_is_one_message(desk: Desk) -> None:
    case = desk.received()
    assert write(desk, case)
    assert not write(desk, case)
    assert write(desk, case, "その下書きを直しました。")  # back, changed, sent again
    assert write(desk, case, nonce="another")
    assert answer(desk, case)
    assert not answer(desk, case)
    assert len(seen_by_office(desk, case).messages) == 4
    assert kinds(desk) == ["message_from_office"]


def test_so_many_a_day_and_more_tomorrow(desk: Desk) -> None:
    case = desk.received()
    for number in range(rules.A_DAY):
        write(desk, case, nonce=str(number))
    with pytest.raises(MessageRefused) as refused:
        write(desk, case, nonce="more")
    assert refused.value.what == "many"
    assert not write(desk, case, nonce="0")  # sent again: told as before
    assert answer(desk, case)  # the office has a count of its own
    assert write(desk, desk.received(), nonce="another case")
    almost = desk.now.replace(hour=14, minute=59)  # 23:59 in Tokyo
    with pytest.raises(MessageRefused):
        write(desk, case, nonce="more", now=almost)
    assert write(desk, case, nonce="more", now=almost + timedelta(minutes=1))


def test_after_the_end_there_is_a_time_to_write(desk: Desk) -> None:
    case = desk.received()
    assert seen_by_applicant(desk, case).until is None
    desk.do(applications.withdraw, desk.people.hanako, case)
    end = desk.now + rules.AFTERWARDS
    assert seen_by_applicant(desk, case).until == end
    assert write(desk, case, now=end)
    with pytest.raises(MessageRefused) as refused:
        write(desk, case, "", now=end + timedelta(seconds=1))
    assert refused.value.what == "over"
    answer(desk, case, now=end + timedelta(days=1))  # who is written to may answer
    assert seen_by_applicant(desk, case).until == end + timedelta(days=1) + rules.AFTERWARDS
    assert write(desk, case, "あとで", now=end + timedelta(days=2))


def test_what_was_confirmed_at_once_can_be_written_about(desk: Desk) -> None:
    case = desk.submitted("notice")
    assert write(desk, case)
    with desk.database.read() as session:
        assert applications.view_own(session, desk.people.hanako, case).status is Status.APPROVED


def test_a_thrown_away_draft_stays_a_draft(desk: Desk) -> None:
    draft = desk.draft()
    desk.do(applications.withdraw, desk.people.hanako, draft)
    with pytest.raises(NotFound):
        write(desk, draft)


def test_read_once_seen(desk: Desk, later: datetime) -> None:
    case = desk.received()
    answer(desk, case, nonce="1")
    answer(desk, case, nonce="2")
    with desk.database.read() as session:
        assert reading.unread_by_applicant(session, desk.people.hanako) == {case}
    first, second = seen_by_applicant(desk, case).unread(by_office=False)
    with pytest.raises(NotFound):
        desk.do(reading.read_by_applicant, desk.people.taro, case, second.number)
    desk.do(reading.read_by_applicant, desk.people.hanako, case, first.number)
    desk.do(reading.read_by_applicant, desk.people.hanako, case, first.number, now=later)
    assert [one.read_at for one in seen_by_office(desk, case).messages] == [desk.now, None]
    desk.do(reading.read_by_applicant, desk.people.hanako, case, second.number)
    with desk.database.read() as session:
        assert reading.unread_by_applicant(session, desk.people.hanako) == frozenset()


def test_reading_is_not_answering(desk: Desk) -> None:
    case = desk.received()
    write(desk, case)
    desk.do(reading.read_by_office, desk.people.sato, case, seen_by_office(desk, case).last)
    told = seen_by_office(desk, case)
    assert told.unread(by_office=True) == ()
    assert len(told.waiting) == 1


@pytest.mark.parametrize("how", ["answered", "settled"])
def test_only_what_was_seen_is_done_with(desk: Desk, how: str) -> None:
    case = desk.received()
    write(desk, case, "一つ目")
    seen = seen_by_office(desk, case).last
    write(desk, case, "二つ目")
    if how == "answered":
        answer(desk, case, seen=seen)
    else:
        desk.do(writing.settle, desk.people.sato, case, seen)
    assert [one.text for one in seen_by_office(desk, case).waiting] == ["二つ目"]
