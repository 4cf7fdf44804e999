"""Notes of the office and opinions of other offices: who may, who may not, what is refused, what is mailed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from procedures import cases
from procedures.actors import Actor
from procedures.asides import notes, opinions, telling
from procedures.asides.opinions import OpinionClosed
from procedures.asides.reading import Opinion, how_many, opinions_of, to_answer, waiting
from procedures.channels.notice import Notice, Sender
from procedures.errors import MessageRefused, NotFound
from procedures.jobs import ClaimedJob
from procedures.models import AuditEvent, Job, Office
from tests.procedures.conftest import Desk

FIRE = Actor("staff", "sato", "佐藤 係員", frozenset({("clerk", "fire")}))
FIRE_APPROVER = Actor("staff", "sato", "佐藤 係員", frozenset({("approver", "fire")}))
OFFICES = frozenset({"fire", "office", "health"})


@pytest.fixture
def case(desk: Desk) -> str:
    return desk.claimed()


@pytest.fixture
def office(desk: Desk, case: str) -> str:
    """The case's own office."""
    with desk.database.read() as session:
        return cases.view(session, desk.people.sato, case).office


@pytest.fixture
def asked(desk: Desk, case: str) -> Callable[..., Opinion]:
    """Ask the fire office; returns the question."""

    def ask(question: str = "消防の基準に合いますか。", due: date | None = None, nonce: str = "n") -> Opinion:
        day = due or desk.now.date() + timedelta(days=7)
        desk.do(opinions.ask, desk.people.sato, case, "fire", question, day, nonce, OFFICES)
        with desk.database.read() as session:
            return opinions_of(session, case)[-1]

    return ask


def test_a_note_is_kept_once_with_who_and_when(desk: Desk, case: str) -> None:
    assert desk.do(notes.write, desk.people.sato, case, "電話で確認済み。", "n")
    assert not desk.do(notes.write, desk.people.sato, case, "電話で確認済み。", "n")
    assert desk.do(notes.write, desk.people.suzuki, case, "了解。", "m")
    with desk.database.read() as session:
        found = notes.notes_of(session, case)
        trail = (
            session.execute(select(AuditEvent.note).where(AuditEvent.action == "note.write").order_by(AuditEvent.seq))
            .scalars()
            .all()
        )
    assert [(one.text, one.by) for one in found] == [("電話で確認済み。", "佐藤 係員"), ("了解。", "鈴木 課長")]
    assert trail == [str(one.number) for one in found]


@pytest.mark.parametrize(("text", "what"), [("", "empty"), ("あ" * 4001, "long"), ("あ" * 50_000, "long")])
def test_a_note_that_does_not_do(desk: Desk, case: str, text: str, what: str) -> None:
    with pytest.raises(MessageRefused) as refused:
        desk.do(notes.write, desk.people.sato, case, text, "n")
    assert refused.value.what == what


@pytest.mark.parametrize("who", ["hanako", "taro", "tanaka", "kimura"])
def test_others_write_no_notes(desk: Desk, case: str, who: str) -> None:
    with pytest.raises(NotFound):
        desk.do(notes.write, getattr(desk.people, who), case, "のぞき見", "n")
    with pytest.raises(NotFound):
        desk.do(notes.write, FIRE, case, "他の部署", "n")


def test_an_opinion_is_asked_answered_and_closed_again(desk: Desk, case: str, asked: Callable[..., Opinion]) -> None:
    question = asked()
    with desk.database.read() as session:
        assert [one.id for one in waiting(session, FIRE)] == [question.id]
        assert how_many(session, FIRE) == 1
        assert to_answer(session, FIRE, question.id)[1] == case
    desk.do(opinions.answer, FIRE, question.id, "合います。")
    with desk.database.read() as session:
        [told] = opinions_of(session, case)
        assert (told.state, told.answer, told.closed_by) == ("answered", "合います。", "佐藤 係員")
        assert how_many(session, FIRE) == 0
        with pytest.raises(NotFound):
            to_answer(session, FIRE, question.id)
    with pytest.raises(OpinionClosed):
        desk.do(opinions.answer, FIRE, question.id, "やはり違います。")


def test_only_a_clerk_of_the_office_that_was_asked_may_read_and_answer(
    desk: Desk, asked: Callable[..., Opinion]
) -> None:
    question = asked()
    other = Actor("staff", "suzuki", "鈴木 課長", frozenset({("clerk", "health"), ("approver", "fire")}))
    for actor in (FIRE_APPROVER, other, desk.people.hanako, desk.people.tanaka):
        with desk.database.read() as session, pytest.raises(NotFound):
            to_answer(session, actor, question.id)
        with pytest.raises(NotFound):
            desk.do(opinions.answer, actor, question.id, "答え")
    with desk.database.read() as session, pytest.raises(NotFound):
        cases.view(session, FIRE, question.id)


@pytest.mark.parametrize(
    ("place", "question", "days", "what"),
    [
        ("own", "問い", 7, "office"),
        ("nowhere", "問い", 7, "office"),
        ("fire", "", 7, "empty"),
        ("fire", "あ" * 4001, 7, "long"),
        ("fire", "問い", 0, "day"),
        ("fire", "問い", 400, "day"),
    ],
)
def test_a_question_that_does_not_do(
    desk: Desk, case: str, office: str, place: str, question: str, days: int, what: str
) -> None:
    to = office if place == "own" else place
    day = desk.now.date() + timedelta(days=days)
    with pytest.raises(MessageRefused) as refused:
        desk.do(opinions.ask, desk.people.sato, case, to, question, day, "n", OFFICES | {office})
    assert refused.value.what == what


def test_too_many_questions_at_once(desk: Desk, asked: Callable[..., Opinion]) -> None:
    for number in range(opinions.A_CASE):
        asked(nonce=str(number))
    with pytest.raises(MessageRefused, match="many"):
        asked(nonce="last")


def test_taken_back_it_can_no_longer_be_answered(desk: Desk, case: str, asked: Callable[..., Opinion]) -> None:
    question = asked()
    with pytest.raises(NotFound):
        desk.do(opinions.take_back, FIRE, case, question.id)
    desk.do(opinions.take_back, desk.people.sato, case, question.id)
    with pytest.raises(OpinionClosed):
        desk.do(opinions.take_back, desk.people.sato, case, question.id)
    with pytest.raises(OpinionClosed):
        desk.do(opinions.answer, FIRE, question.id, "合います。")


def mails(desk: Desk) -> list[tuple[str, str]]:
    with desk.database.read() as session:
        rows = session.execute(select(Job.payload).where(Job.kind == telling.JOB)).scalars()
        return sorted((row["kind"], row["recipient"]) for row in rows)


def test_an_answer_that_is_overdue_is_reminded_of_once(desk: Desk, asked: Callable[..., Opinion]) -> None:
    question = asked()
    assert mails(desk) == [("asked", "office:fire")]

    def remind(at: datetime) -> int:
        with desk.database.write() as session:
            return telling.remind(session, at, 100)

    due = datetime.combine(question.due_on, desk.now.timetz())
    assert remind(due) == 0
    assert remind(due + timedelta(days=3)) == 1
    assert remind(due + timedelta(days=4)) == 0
    assert mails(desk) == [("asked", "office:fire"), ("overdue", "office:fire"), ("overdue", "person:sato")]


def test_the_mail_holds_the_number_and_the_way_and_nothing_about_anybody(
    desk: Desk, case: str, asked: Callable[..., Opinion]
) -> None:
    question = asked(question="山田 花子さんの申請は基準に合いますか。")
    with desk.database.write() as session:
        session.add(Office(id="fire", name_ja="消防署", name_en="Fire", email="fire@example.jp"))
        reference = cases.view(session, desk.people.sato, case).reference
    sent: list[tuple[Notice, str]] = []
    channel = SimpleNamespace(send=lambda notice, address: sent.append((notice, address)))
    handle = telling.handler(channel, Sender({"ja": "東京都"}, "tetsuzuki@example.jp", "https://example.jp"))

    def deliver(kind: str, recipient: str) -> None:
        payload = {"opinion": question.id, "kind": kind, "recipient": recipient}
        handle(desk.database, ClaimedJob("job", telling.JOB, payload, 1, 1, desk.now), desk.now)

    deliver("asked", "office:fire")
    [(notice, address)] = sent
    assert address == "fire@example.jp"
    assert reference in notice.subject
    assert f"https://example.jp/desk/opinions/{question.id}" in notice.body
    assert "花子" not in notice.subject + notice.body
    deliver("asked", "office:nowhere")  # no address: shown on the page all the same
    deliver("answered", "office:fire")  # nothing was answered yet
    desk.do(opinions.answer, FIRE, question.id, "合います。")
    deliver("overdue", "office:fire")  # answered meanwhile
    assert len(sent) == 1
