"""Drafts keep every acknowledged answer, of their owner alone, with one write a request."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select

from engine.lifecycle import Status
from procedures import applications, doctor, drafts
from procedures.actors import Actor
from procedures.errors import AlreadySubmitted, NotFound, SignInRequired, StaleDraft
from procedures.models import Draft, Job
from tests.procedures.conftest import Desk

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=8,
)


def load(desk: Desk, actor: Actor, application_id: str) -> drafts.Draft:
    with desk.database.read() as session:
        return drafts.load(session, actor, application_id)


def test_a_draft_begins_empty(desk: Desk) -> None:
    application_id = desk.do(drafts.start, desk.people.hanako, desk.known["permit"])
    draft = load(desk, desk.people.hanako, application_id)
    assert (draft.answers, draft.revision, draft.status) == ({}, 1, Status.DRAFT)
    assert draft.procedure is desk.known["permit"] or draft.procedure.digest == desk.known["permit"].digest
    assert draft.expires_at == desk.now + timedelta(days=30)


def test_ids_cannot_be_guessed(desk: Desk) -> None:
    ids = {desk.do(drafts.start, desk.people.hanako, desk.known["notice"]) for _ in range(20)}
    assert len(ids) == 20
    assert all(len(application_id) == 26 for application_id in ids)


def test_what_was_saved_is_there(desk: Desk) -> None:
    application_id = desk.draft("notice", more=True, detail="off the path later")
    draft = load(desk, desk.people.hanako, application_id)
    assert draft.answers == {"name": "山田 花子", "more": True, "detail": "off the path later"}
    assert draft.revision == 2


def test_saving_prolongs_the_draft(desk: Desk) -> None:
    application_id = desk.draft()
    later = desk.now + timedelta(days=10)
    desk.do(drafts.save, desk.people.hanako, application_id, {}, 2, now=later)
    assert load(desk, desk.people.hanako, application_id).expires_at == later + timedelta(days=30)


@pytest.mark.parametrize("revision", [0, 1, 3, 99])
def test_a_stale_tab_is_told_and_nothing_is_lost(desk: Desk, revision: int) -> None:
    application_id = desk.draft()
    with pytest.raises(StaleDraft) as error:
        desk.do(drafts.save, desk.people.hanako, application_id, {"name": "older"}, revision)
    assert error.value.current == 2
    assert load(desk, desk.people.hanako, application_id).answers["name"] == "髙橋 𠮷子"


def test_taro_sees_nothing(desk: Desk) -> None:
    application_id = desk.draft()
    for stranger in (desk.people.taro, desk.people.sato, Actor("visitor", "hanako")):
        with pytest.raises(NotFound):
            load(desk, stranger, application_id)
        with pytest.raises(NotFound):
            desk.do(drafts.save, stranger, application_id, {"name": "taro"}, 2)
        with pytest.raises(NotFound):
            load(desk, stranger, "a" * 26)


def test_visitors_only_where_sign_in_is_not_required(desk: Desk) -> None:
    visitor = Actor("visitor", "k" * 20)
    application_id = desk.draft("notice", visitor)
    assert load(desk, visitor, application_id).answers["name"] == "山田 花子"
    with pytest.raises(NotFound):
        load(desk, Actor("visitor", "other"), application_id)
    with pytest.raises(SignInRequired):
        desk.do(drafts.start, visitor, desk.known["permit"])


def test_a_submitted_case_is_no_draft(desk: Desk) -> None:
    application_id = desk.submitted("permit")
    with pytest.raises(AlreadySubmitted) as error:
        desk.do(drafts.save, desk.people.hanako, application_id, {}, 3)
    assert error.value.status == Status.AWAITING_FEE
    draft = load(desk, desk.people.hanako, application_id)
    assert draft.status is Status.AWAITING_FEE
    assert draft.reference
    assert draft.expires_at is None


def test_two_tabs_at_once_one_wins_the_other_is_told(desk: Desk) -> None:
    application_id = desk.draft()
    together = Barrier(2)

    def save(name: str) -> int | str:
        together.wait()
        try:
            return desk.do(drafts.save, desk.people.hanako, application_id, {"name": name}, 2)
        except StaleDraft as stale:
            return f"stale at {stale.current}"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(save, ["one", "two"]))
    assert sorted(results, key=str) == [3, "stale at 3"]
    winner = ["one", "two"][results.index(3)]
    assert load(desk, desk.people.hanako, application_id).answers == {"name": winner}


def test_one_statement_a_load_and_one_a_save(desk: Desk) -> None:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement.split(maxsplit=1)[0])

    application_id = desk.draft()
    load(desk, desk.people.hanako, application_id)
    pools = {engine.pool: engine for engine in (desk.database.reading_engine, desk.database.engine)}
    for engine in pools.values():
        event.listen(engine, "before_cursor_execute", note)
    load(desk, desk.people.hanako, application_id)
    desk.do(drafts.save, desk.people.hanako, application_id, {"name": "a"}, 2)
    desk.do(drafts.start, desk.people.hanako, desk.known["permit"])
    key, new_key, kept = ["SELECT"], ["SELECT", "INSERT"], ["SELECT"]  # of the case: once a transaction
    assert statements == ["SELECT", *key, *key, "UPDATE", "INSERT", *new_key, "INSERT", *kept]


@given(answers=st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1), JSON, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_json_is_saved_comes_back(desk: Desk, answers: dict[str, Any]) -> None:
    application_id = desk.do(drafts.start, desk.people.hanako, desk.known["permit"])
    desk.do(drafts.save, desk.people.hanako, application_id, answers, 1)
    assert load(desk, desk.people.hanako, application_id).answers == answers


class TestLapse:
    def test_a_draft_lapses_when_its_time_is_over_and_not_before(self, desk: Desk) -> None:
        application_id = desk.draft()
        end = desk.now + timedelta(days=30)
        with desk.database.write() as session:
            assert drafts.lapse_expired(session, end - timedelta(seconds=1)) == 0
        with desk.database.write() as session:
            assert drafts.lapse_expired(session, end) == 1
        with desk.database.write() as session:
            assert drafts.lapse_expired(session, end) == 0
        draft = load(desk, desk.people.hanako, application_id)
        assert (draft.status, draft.answers) == (Status.LAPSED, {})
        with desk.database.read() as session:
            assert session.scalar(select(func.count()).select_from(Draft)) == 0
            assert session.scalar(select(Job.payload))["kind"] == "draft_lapsed"
            assert doctor.run(session) == []

    def test_each_procedure_keeps_its_own_time(self, desk: Desk) -> None:
        short, long = desk.draft("notice"), desk.draft("permit")
        with desk.database.write() as session:
            assert drafts.lapse_expired(session, desk.now + timedelta(days=14)) == 1
        assert load(desk, desk.people.hanako, short).status is Status.LAPSED
        assert load(desk, desk.people.hanako, long).status is Status.DRAFT

    def test_many_lapse_in_portions(self, desk: Desk) -> None:
        for _ in range(5):
            desk.draft()
        end = desk.now + timedelta(days=30)
        counts = []
        for _ in range(4):
            with desk.database.write() as session:
                counts.append(drafts.lapse_expired(session, end, limit=2))
        assert counts == [2, 2, 1, 0]

    def test_submitted_cases_do_not_lapse_as_drafts(self, desk: Desk) -> None:
        desk.submitted()
        with desk.database.write() as session:
            assert drafts.lapse_expired(session, desk.now + timedelta(days=400)) == 0

    def test_a_draft_can_be_thrown_away(self, desk: Desk) -> None:
        application_id = desk.draft()
        assert desk.do(applications.withdraw, desk.people.hanako, application_id) is Status.WITHDRAWN
        with desk.database.read() as session:
            assert session.scalar(select(func.count()).select_from(Draft)) == 0
            assert session.scalar(select(func.count()).select_from(Job)) == 0
