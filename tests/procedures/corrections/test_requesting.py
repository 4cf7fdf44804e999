"""A clerk asks for a correction: who may, what may be marked, by when; and takes it back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from engine.correcting import Place
from engine.lifecycle import Status
from procedures.actors import Actor, posts
from procedures.corrections import reading, requesting
from procedures.corrections.kept import Mark
from procedures.errors import Conflict, CorrectionRefused, NotFound, TransitionRefused
from procedures.models import AuditEvent, CorrectionRequest, Job, Person
from procedures.models.sealed import sealed_row
from tests.procedures.corrections.conftest import DUE, CorrectionDesk

WHY = [Mark(("name",), "氏名が住民票と違います。")]


def test_the_case_goes_to_its_applicant_who_is_told(desk: CorrectionDesk) -> None:
    case = desk.claimed()
    desk.ask(case, ("name",), ("copies",))
    assert desk.see(case).status is Status.CORRECTION_REQUESTED
    with desk.database.read() as session:
        job = session.scalars(select(Job).order_by(Job.created_at.desc(), Job.id)).all()
        told = [one.payload for one in job if one.payload.get("kind") == "correction_requested"]
        assert told == [
            {"kind": "correction_requested", "application_id": case, "facts": {"answer_by": DUE.isoformat()}}
        ]
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event is not None
    assert (event.action, event.field_ids) == ("correction.request", ["name", "copies"])


@pytest.mark.parametrize("name", ["suzuki", "tanaka", "hanako", "taro"])
def test_nobody_but_a_clerk(desk: CorrectionDesk, name: str) -> None:
    case = desk.claimed()
    with pytest.raises(NotFound):
        desk.do(requesting.request, getattr(desk.people, name), case, WHY, "", DUE)


def test_not_another_office(desk: CorrectionDesk) -> None:
    elsewhere = Actor("staff", "sato", "佐藤", posts({"clerk"}, {"zeimu"}))
    with pytest.raises(NotFound):
        desk.do(requesting.request, elsewhere, desk.claimed(), WHY, "", DUE)


def test_not_a_colleague_who_has_not_got_the_case(desk: CorrectionDesk) -> None:
    case = desk.claimed()
    with desk.database.write() as session:
        session.add(Person(id="other", issuer="i", subject="o", name="別", created_at=desk.now, seen_at=desk.now))
    other = Actor("staff", "other", "別", posts({"clerk"}, {"*"}))
    with pytest.raises(Conflict) as error:
        desk.do(requesting.request, other, case, WHY, "", DUE)
    assert error.value.who == desk.people.sato.name


def test_not_before_it_is_claimed_nor_after_it_was_proposed(desk: CorrectionDesk) -> None:
    for case in (desk.received(), desk.proposed()[0]):
        with pytest.raises(TransitionRefused):
            desk.do(requesting.request, desk.people.sato, case, WHY, "", DUE)


def test_one_at_a_time(desk: CorrectionDesk) -> None:
    case = desk.asked()
    with pytest.raises(TransitionRefused):
        desk.ask(case, ("copies",))


def test_the_database_itself_refuses_a_second_open_one(desk: CorrectionDesk) -> None:
    case = desk.asked()
    with desk.database.read() as session:
        row = dict(session.execute(select(CorrectionRequest.__table__)).mappings().one())
    another = sealed_row(case, CorrectionRequest, {**row, "id": "another", "application_id": case})
    with pytest.raises(IntegrityError), desk.database.write() as session:
        session.execute(insert(CorrectionRequest), [another])


@pytest.mark.parametrize(
    ("marks", "words", "what"),
    [
        ([], "", "nothing"),
        ([Mark(("stray",), "x")], "", "place"),
        ([Mark(("dogs", 2, "call_name"), "x")], "", "place"),
        ([Mark(("name",), "x"), Mark(("name",), "y")], "", "place"),
        ([Mark(("name",), "")], "", "why"),
    ],
)
def test_what_does_not_do(desk: CorrectionDesk, marks: list[Mark], words: str, what: str) -> None:
    case = desk.claimed()
    with pytest.raises(CorrectionRefused) as error:
        desk.do(requesting.request, desk.people.sato, case, marks, words, DUE)
    assert error.value.what == what
    assert desk.see(case).status is Status.IN_REVIEW


def test_words_alone_are_enough(desk: CorrectionDesk) -> None:
    case = desk.claimed()
    desk.ask(case, words="別紙の計算の根拠を教えてください。")
    assert desk.work(case).corrected.marked == ()


@pytest.mark.parametrize("place", [("dogs",), ("dogs", 1), ("dogs", 1, "call_name"), ("dogs", 1, "photo"), ("email",)])
def test_lists_their_items_and_blanks_can_be_marked(desk: CorrectionDesk, place: Place) -> None:
    case = desk.kennel()
    if place == ("dogs", 1):  # an item is marked by its questions, or with the whole list
        with pytest.raises(CorrectionRefused):
            desk.ask(case, place)
        return
    desk.ask(case, place)
    assert desk.work(case).corrected.marked == (place,)


def test_the_day_is_counted_in_business_days(desk: CorrectionDesk) -> None:
    today = date(2026, 5, 1)  # a Friday; the next days with open offices are 7, 8, 11 May
    assert requesting.earliest_day(today) == date(2026, 5, 11)
    assert requesting.default_day(desk.known["kennel"], today) == date(2026, 5, 13)
    assert requesting.default_day(desk.known["permit"], today) == date(2026, 5, 20)
    case = desk.claimed()
    for day in (date(2026, 5, 10), today, today + timedelta(days=400)):
        with pytest.raises(CorrectionRefused) as error:
            desk.ask(case, ("name",), due_on=day)
        assert error.value.what == "day"
    desk.ask(case, ("name",), due_on=date(2026, 5, 16))  # a Saturday
    assert desk.work(case).due_on == date(2026, 5, 18)


def test_taken_back(desk: CorrectionDesk) -> None:
    case = desk.asked()
    desk.change(case, ("name",), "髙橋 花子")
    assert desk.do(requesting.take_back, desk.people.sato, case) is Status.IN_REVIEW
    seen = desk.see(case)
    assert (seen.round, seen.answers["name"], seen.claimed_by_id) == (1, "髙橋 𠮷子", "sato")
    with desk.database.read() as session:
        [told] = reading.history(session, case, desk.known["permit"])
        assert session.scalar(select(func.count()).where(CorrectionRequest.changes.is_not(None))) == 0
    assert (told.state, told.changed) == ("taken_back", ())
    with pytest.raises(TransitionRefused):
        desk.do(requesting.take_back, desk.people.sato, case)
    desk.ask(case, ("copies",))  # and asked again


@pytest.mark.parametrize("name", ["suzuki", "hanako"])
def test_nobody_but_the_clerk_takes_it_back(desk: CorrectionDesk, name: str) -> None:
    with pytest.raises(NotFound):
        desk.do(requesting.take_back, getattr(desk.people, name), desk.asked())
