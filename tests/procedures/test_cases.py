"""Staff see the cases of their offices, what is due first on top; nobody takes a case twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest

from engine.lifecycle import Event, Status
from procedures import applications, cases
from procedures.actors import Actor, posts
from procedures.cases import QueueFilter, Scope
from procedures.correspondence import writing
from procedures.errors import Conflict, NotFound, TransitionRefused
from procedures.models import Person
from procedures.reading.queues import NOBODY
from tests.procedures.conftest import Desk

TODAY = date(2026, 5, 1)
FAR = Actor("staff", "sato", "佐藤", posts({"clerk", "approver"}, {"shuzei-shomei"}))


def queue(desk: Desk, actor: Actor, **filters: object) -> list[cases.QueueRow]:
    with desk.database.read() as session:
        return cases.queue(session, actor, QueueFilter(**{"today": TODAY, **filters}))


def view(desk: Desk, actor: Actor, application_id: str) -> cases.CaseView:
    with desk.database.read() as session:
        return cases.view(session, actor, application_id)


def colleague(desk: Desk, name: str = "佐々木 係員") -> Actor:
    with desk.database.write() as session:
        session.add(Person(id=name, issuer="i", subject=name, name=name, created_at=desk.now, seen_at=desk.now))
    return Actor("staff", name, name, posts({"clerk"}, {"*"}))


class TestQueue:
    def test_drafts_are_nobodys_business(self, desk: Desk) -> None:
        desk.draft()
        assert queue(desk, desk.people.sato) == []
        assert queue(desk, desk.people.sato, scope="closed") == []

    def test_what_is_due_first_comes_first(self, desk: Desk) -> None:
        later, sooner = desk.received(), desk.submitted("proof")
        rows = queue(desk, desk.people.sato)
        assert [row.application_id for row in rows] == [sooner, later]
        assert rows[0].due_on == date(2026, 5, 13)
        assert rows[0].procedure.id == "proof"
        assert not rows[0].late

    def test_late_is_after_the_due_day(self, desk: Desk) -> None:
        desk.submitted("proof")
        assert not queue(desk, desk.people.sato, today=date(2026, 5, 13))[0].late
        assert queue(desk, desk.people.sato, today=date(2026, 5, 14))[0].late
        assert len(queue(desk, desk.people.sato, today=date(2026, 5, 14), scope="late")) == 1

    def test_each_scope(self, desk: Desk) -> None:
        unpaid, received, claimed = desk.submitted(), desk.received(), desk.claimed()
        proposed, _ = desk.proposed()
        closed = desk.received()
        desk.do(applications.withdraw, desk.people.hanako, closed)
        expected = {
            "open": {received, claimed, proposed}, "unassigned": {received}, "mine": {claimed}, "approval": set(),
            "with_applicant": {unpaid}, "message": set(), "waiver": set(), "late": set(), "closed": {closed},
            "all": {unpaid, received, claimed, proposed, closed},
        }  # fmt: skip
        for scope, ids in expected.items():
            assert {row.application_id for row in queue(desk, desk.people.sato, scope=scope)} == ids, scope
        assert [row.application_id for row in queue(desk, desk.people.suzuki, scope="approval")] == [proposed]
        with desk.database.read() as session:
            assert cases.counts(session, desk.people.sato, TODAY) == {
                scope: len(ids) for scope, ids in expected.items()
            }

    def test_an_office_sees_its_own_cases(self, desk: Desk) -> None:
        desk.received()
        own = desk.submitted("proof")
        assert [row.application_id for row in queue(desk, FAR)] == [own]
        with desk.database.read() as session:
            assert cases.counts(session, FAR, TODAY)["open"] == 1

    def test_a_number_finds_its_case_however_it_is_typed(self, desk: Desk) -> None:
        desk.received()
        application_id = desk.received()
        reference = view(desk, desk.people.sato, application_id).reference
        for typed in (reference, reference.lower(), reference.replace("-", " "), f" {reference} "):
            assert [row.application_id for row in queue(desk, desk.people.sato, scope="all", words=typed)] == [
                application_id
            ]
        assert queue(desk, desk.people.sato, words="0000-0000") == []
        assert queue(desk, FAR, scope="all", words=reference) == []

    @pytest.mark.parametrize("scope", ["open", "all", "closed", "message"])
    def test_pages_there_and_back(self, desk: Desk, scope: Scope) -> None:
        for copies in (0, 0, 1, 0, 1):
            self._in(desk, scope, desk.submitted("permit", copies=copies))
        late = desk.submitted("proof")
        self._in(desk, scope, late)
        whole = queue(desk, desk.people.sato, scope=scope)
        there, back = [whole[0]], [whole[-1]]
        while page := queue(desk, desk.people.sato, scope=scope, limit=2, place=there[-1].place):
            there += page
        while page := queue(desk, desk.people.sato, scope=scope, limit=2, place=replace(back[0].place, back=True)):
            back = page + back
        assert there == back == whole
        assert len(whole) == (4 if scope == "open" else 6)

    @staticmethod
    def _in(desk: Desk, scope: Scope, application_id: str) -> None:
        if scope == "closed":
            desk.do(applications.withdraw, desk.people.hanako, application_id)
        if scope == "message":
            desk.do(writing.from_applicant, desk.people.hanako, application_id, "いつですか。", application_id)

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ({"procedure_id": "proof"}, ["proof"]),
            ({"office": "shuzei-shomei"}, ["proof"]),
            ({"office": "elsewhere"}, []),
            ({"assignee": "sato"}, ["permit"]),
            ({"assignee": NOBODY}, ["proof"]),
            ({"status": Status.IN_REVIEW}, ["permit"]),
            ({"status": Status.IN_REVIEW, "procedure_id": "proof"}, []),
            ({"due_to": date(2026, 5, 13)}, ["proof"]),
            ({"due_from": date(2026, 5, 13), "due_to": date(2026, 5, 13)}, ["proof"]),
            ({"due_from": date(2026, 5, 14)}, ["permit"]),
            ({"submitted_from": TODAY, "submitted_to": TODAY}, ["permit", "proof"]),
            ({"submitted_from": date(2026, 5, 2)}, []),
            ({"submitted_to": date(2026, 4, 30)}, []),
            ({"scope": "closed", "submitted_from": TODAY}, []),
        ],
    )
    def test_every_part_of_a_filter_narrows(self, desk: Desk, wanted: dict[str, object], found: list[str]) -> None:
        desk.claimed()
        desk.submitted("proof")
        assert sorted(row.procedure.id for row in queue(desk, desk.people.sato, **wanted)) == found

    def test_a_day_of_submission_is_one_of_tokyo(self, desk: Desk) -> None:
        desk.now = datetime(2026, 4, 30, 15, 0, tzinfo=UTC)  # midnight in Tokyo
        desk.received()
        assert len(queue(desk, desk.people.sato, submitted_from=TODAY)) == 1
        assert queue(desk, desk.people.sato, submitted_to=date(2026, 4, 30)) == []


class TestView:
    def test_what_a_clerk_sees(self, desk: Desk) -> None:
        application_id = desk.claimed()
        case = view(desk, desk.people.sato, application_id)
        assert case.answers == {"name": "髙橋 𠮷子", "copies": 0}
        assert case.status is Status.IN_REVIEW
        assert (case.claimed_by, case.claimed_by_id) == (desk.people.sato.name, "sato")
        assert [entry.by for entry in case.timeline] == [None, desk.people.sato.name]
        assert case.actions == {Event.PROPOSE, Event.REQUEST_CORRECTION}

    def test_buttons_are_what_the_actor_can_do(self, desk: Desk) -> None:
        application_id, _ = desk.proposed()
        decides = {Event.APPROVE, Event.REFUSE, Event.SEND_BACK}
        passes_on = {Event.ENDORSE, Event.STEP_BACK}  # which of them fits the stage, its panel says
        assert view(desk, desk.people.suzuki, application_id).actions == decides | passes_on
        both = Actor("staff", "sato", "佐藤", posts({"clerk", "approver"}, {"*"}))
        assert view(desk, both, application_id).actions == frozenset()
        claimed = desk.claimed()
        assert view(desk, colleague(desk), claimed).actions == frozenset()

    def test_other_offices_drafts_and_residents_find_nothing(self, desk: Desk) -> None:
        application_id = desk.received()
        for actor, wanted in ((FAR, application_id), (desk.people.sato, desk.draft()), (desk.people.sato, "missing"),
                              (desk.people.hanako, application_id), (desk.people.taro, application_id),
                              (desk.people.tanaka, application_id)):  # fmt: skip
            with pytest.raises(NotFound):
                view(desk, actor, wanted)


class TestClaim:
    def test_one_takes_it_the_other_learns_who_and_when(self, desk: Desk) -> None:
        application_id = desk.claimed()
        with pytest.raises(Conflict) as error:
            desk.do(cases.claim, colleague(desk), application_id)
        assert (error.value.who, error.value.when) == (desk.people.sato.name, desk.now)

    def test_claiming_ones_own_again_changes_nothing(self, desk: Desk) -> None:
        application_id = desk.claimed()
        assert desk.do(cases.claim, desk.people.sato, application_id) is Status.IN_REVIEW
        assert len(view(desk, desk.people.sato, application_id).timeline) == 2

    def test_who_may_not(self, desk: Desk) -> None:
        application_id = desk.received()
        for actor in (desk.people.hanako, desk.people.suzuki, FAR):
            with pytest.raises(NotFound):
                desk.do(cases.claim, actor, application_id)
        with pytest.raises(TransitionRefused):
            desk.do(cases.claim, desk.people.sato, desk.submitted("permit"))

    def test_many_at_once_exactly_one_has_it(self, desk: Desk) -> None:
        application_id = desk.received()
        clerks = [colleague(desk, f"係員{number}") for number in range(5)]
        together = Barrier(len(clerks))

        def claim(clerk: Actor) -> str:
            together.wait()
            try:
                desk.do(cases.claim, clerk, application_id)
            except Conflict as conflict:
                return conflict.who
            return "mine"

        with ThreadPoolExecutor(len(clerks)) as pool:
            results = list(pool.map(claim, clerks))
        assert results.count("mine") == 1
        winner = clerks[results.index("mine")]
        assert set(results) == {"mine", winner.name}


class TestOwn:
    """The resident's side."""

    def test_my_applications_newest_first(self, desk: Desk) -> None:
        first = desk.draft()
        second = desk.do(_start_later, desk.people.hanako, desk)
        with desk.database.read() as session:
            rows = applications.list_own(session, desk.people.hanako)
            assert [row.application_id for row in rows] == [second, first]
            assert applications.list_own(session, desk.people.taro) == []

    def test_one_case_shows_neither_staff_nor_their_notes(self, desk: Desk) -> None:
        application_id = desk.claimed()
        with desk.database.read() as session:
            case = applications.view_own(session, desk.people.hanako, application_id)
            assert [entry.by for entry in case.timeline] == [None, None]
            assert case.due_on == date(2026, 5, 20)
            assert case.may_withdraw
            for stranger in (desk.people.taro, desk.people.sato):
                with pytest.raises(NotFound):
                    applications.view_own(session, stranger, application_id)

    def test_withdrawn_is_the_end(self, desk: Desk) -> None:
        application_id = desk.received()
        with pytest.raises(NotFound):
            desk.do(applications.withdraw, desk.people.taro, application_id)
        assert desk.do(applications.withdraw, desk.people.hanako, application_id, "引っ越すため") is Status.WITHDRAWN
        with pytest.raises(TransitionRefused):
            desk.do(applications.withdraw, desk.people.hanako, application_id)
        with desk.database.read() as session:
            case = applications.view_own(session, desk.people.hanako, application_id)
        assert not case.may_withdraw
        assert case.timeline[-1].note == "引っ越すため"


def _start_later(session: object, actor: Actor, now: datetime, desk: Desk) -> str:
    from procedures import drafts

    return drafts.start(session, actor, now + timedelta(minutes=1), desk.known["notice"])


def test_a_notice_without_review_is_seen_by_its_bureau(desk: Desk) -> None:
    application_id = desk.submitted("notice")
    suido = Actor("staff", "sato", "佐藤", posts({"clerk"}, {"suido"}))
    assert [row.application_id for row in queue(desk, suido, scope="closed")] == [application_id]
    assert view(desk, suido, application_id).actions == frozenset()
    with pytest.raises(NotFound):
        view(desk, FAR, application_id)
