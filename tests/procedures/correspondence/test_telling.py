"""What follows from a message: the queue, the notice, the audit log, the row that nobody changes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from procedures import cases, notices
from procedures.channels.notice import Sender
from procedures.correspondence import writing
from procedures.jobs import ClaimedJob
from procedures.keyring.owned import of
from procedures.models import Application, AuditEvent, CaseMessage
from tests.procedures.conftest import Desk
from tests.procedures.correspondence.talking import ELSEWHERE, answer, kinds, write


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


@pytest.mark.parametrize("language", ["ja", "easy", "en", "zh", "ko"])
def test_the_notice_holds_no_word_of_it(desk: Desk, language: str) -> None:
    case = desk.received()
    write(desk, case)
    assert kinds(desk) == []
    answer(desk, case, "秘密のことば")
    payload = {"kind": "message_from_office", "application_id": case, "facts": {}}
    with desk.database.write() as session:
        session.get_one(Application, case).language = language
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
        noted = select(AuditEvent).where(AuditEvent.action.like("message.%")).order_by(AuditEvent.seq)
        rows = session.execute(noted).scalars().all()
        numbers = session.execute(select(CaseMessage.number).order_by(CaseMessage.number)).scalars().all()
    assert [(row.actor, row.object_id, row.note) for row in rows] == [
        ("person:hanako", case, str(numbers[0])),
        ("person:sato", case, str(numbers[1])),
    ]


@pytest.mark.parametrize("column", ["text", "side", "author", "at", "application_id", "once"])
def test_the_database_refuses_to_change_what_was_written(desk: Desk, column: str) -> None:
    write(desk, desk.received())
    value = {"at": desk.now + timedelta(days=1), "text": of("case", "changed")}.get(column, "changed")
    with pytest.raises(IntegrityError), desk.database.write() as session:
        session.execute(update(CaseMessage.__table__).values({column: value}))


def test_erased_with_the_case(desk: Desk) -> None:
    case = desk.received()
    write(desk, case)
    with desk.database.write() as session:
        session.execute(delete(CaseMessage.__table__).where(CaseMessage.__table__.c.application_id == case))
    with desk.database.read() as session:
        assert session.execute(select(func.count()).select_from(CaseMessage)).scalar_one() == 0
