"""Who may write what about a case, and what it leaves alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from engine.lifecycle import Status
from procedures import applications, audit, cases, notices
from procedures.actors import Actor, Business
from procedures.channels.notice import Sender
from procedures.correspondence import reading, rules, writing
from procedures.errors import MessageRefused, NotFound
from procedures.jobs import ClaimedJob
from procedures.models import AuditEvent, CaseMessage, Job
from tests.procedures.conftest import Desk

ELSEWHERE = Actor("staff", "sato", "佐藤 係員", frozenset({"clerk", "approver"}), frozenset({"elsewhere"}))
ODD = "👩‍👩‍👧 \u202eשלום\u202c  葛󠄀飾区\n<b>https://example.jp/?a=1&b=2</b>"


def write(desk: Desk, case: str, text: str = "いつ届きますか。", nonce: str = "n", **options: Any) -> bool:
    """Hanako writes."""
    return desk.do(writing.from_applicant, options.pop("by", desk.people.hanako), case, text, nonce, **options)


def answer(desk: Desk, case: str, text: str = "来週です。", nonce: str = "n", seen: int = 0, **options: Any) -> bool:
    """Sato writes."""
    return desk.do(writing.from_office, options.pop("by", desk.people.sato), case, text, nonce, seen, **options)


def seen_by_office(desk: Desk, case: str) -> reading.Exchange:
    with desk.database.read() as session:
        return reading.of_office(session, desk.people.sato, case)


def seen_by_applicant(desk: Desk, case: str) -> reading.Exchange:
    with desk.database.read() as session:
        return reading.of_applicant(session, desk.people.hanako, case)


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
        write(desk, case, "あとで", now=end + timedelta(seconds=1))
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


def test_what_waits_longest_is_on_top(desk: Desk, later: datetime) -> None:
    filters = cases.QueueFilter(desk.now.date(), "message")
    first, second, quiet = desk.received(), desk.received(), desk.received()
    write(desk, second)
    write(desk, first, now=later)
    write(desk, second, "もう一度", now=later + timedelta(days=1))
    answer(desk, quiet)
    with desk.database.read() as session:
        rows = cases.queue(session, desk.people.sato, filters)
        assert [row.application_id for row in rows] == [second, first]
        assert [row.message_since for row in rows] == [desk.now, later]
        assert cases.counts(session, desk.people.sato, desk.now.date())["message"] == 2
        assert cases.queue(session, ELSEWHERE, filters) == []
    desk.do(writing.settle, desk.people.sato, second, 99)
    with desk.database.read() as session:
        assert [row.application_id for row in cases.queue(session, desk.people.sato, filters)] == [first]


def test_a_case_that_is_over_waits_like_any_other(desk: Desk) -> None:
    case = desk.submitted("notice")
    write(desk, case)
    with desk.database.read() as session:
        [row] = cases.queue(session, desk.people.sato, cases.QueueFilter(desk.now.date(), "message"))
    assert row.application_id == case


def kinds(desk: Desk) -> list[str]:
    """The notices about messages that wait to be sent."""
    with desk.database.read() as session:
        jobs = session.execute(select(Job.payload).where(Job.kind == "notice.send").order_by(Job.id)).scalars()
        return [job["kind"] for job in jobs if job["kind"].startswith("message")]


@pytest.mark.parametrize("language", ["ja", "easy", "en", "zh", "ko"])
def test_the_notice_holds_no_word_of_it(desk: Desk, language: str) -> None:
    case = desk.received()
    write(desk, case)
    assert kinds(desk) == []
    answer(desk, case, "秘密のことば")
    payload = {"kind": "message_from_office", "application_id": case, "facts": {}}
    with desk.database.write() as session:
        session.get_one(cases.Application, case).language = language
    with desk.database.read() as session:
        job = ClaimedJob("job", "notice.send", payload, 1, 1, desk.now)
        sent = notices.compose(session, job, Sender({"ja": "東京都"}, "no-reply@example.jp", "https://t.example/"))
    assert sent is not None
    assert "秘密" not in sent.notice.subject + sent.notice.body
    assert f"https://t.example/applications/{case}" in sent.notice.body


def test_the_audit_log_holds_numbers_alone(desk: Desk) -> None:
    case = desk.received()
    write(desk, case, "秘密")
    answer(desk, case, "内緒", seen=1)
    desk.do(writing.settle, desk.people.sato, case, 99)  # nothing waits: nothing is noted
    with desk.database.read() as session:
        rows = session.execute(select(AuditEvent).where(AuditEvent.action.like("message.%"))).scalars().all()
        numbers = session.execute(select(CaseMessage.number).order_by(CaseMessage.number)).scalars().all()
    assert [(row.actor, row.object_id, row.note) for row in rows] == [
        ("person:hanako", case, str(numbers[0])),
        ("person:sato", case, str(numbers[1])),
    ]


@pytest.mark.parametrize("column", ["text", "side", "author", "at", "application_id", "once"])
def test_the_database_refuses_to_change_what_was_written(desk: Desk, column: str) -> None:
    write(desk, desk.received())
    value = desk.now + timedelta(days=1) if column == "at" else "changed"
    with pytest.raises(IntegrityError), desk.database.write() as session:
        session.execute(update(CaseMessage.__table__).values({column: value}))


def test_erased_with_the_case(desk: Desk) -> None:
    case = desk.received()
    write(desk, case)
    with desk.database.write() as session:
        session.execute(delete(CaseMessage.__table__).where(CaseMessage.__table__.c.application_id == case))
    with desk.database.read() as session:
        assert session.execute(select(func.count()).select_from(CaseMessage)).scalar_one() == 0
