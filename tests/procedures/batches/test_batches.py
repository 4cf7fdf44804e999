"""Batches: every case its own transaction and result; stale, decided, strange and doubled ones do no harm."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from procedures import cases, decisions, doctor, jobs
from procedures.actors import Actor, posts
from procedures.assigning import presence
from procedures.batches import forgetting, preparing, running
from procedures.batches.preparing import BatchRefused
from procedures.correspondence.rules import LONGEST
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Application, AuditEvent, Batch, BatchItem, CaseMessage, Decision, Job, StaffRole
from tests.procedures.batches.conftest import KINDS, Batches, count


def proposed(batches: Batches, many: int) -> list[str]:
    return [batches.desk.proposed()[0] for _ in range(many)]


def decided(batches: Batches) -> int:
    with batches.desk.database.read() as session:
        assert doctor.run(session) == []
        return session.scalar(select(func.count()).select_from(Decision))


def test_approving_alike_reports_every_case(batches: Batches) -> None:
    """Decided meanwhile, sent back meanwhile, one's own, nothing proposed, another office's, no case at all."""
    desk = batches.desk
    fine, taken, changed, unproposed = *proposed(batches, 3), desk.claimed()
    own = desk.claimed()
    with desk.database.write() as session:
        session.add(StaffRole(person_id="suzuki", role="clerk", office="*"))
    both = replace(desk.people.suzuki, posts=posts({"clerk", "approver"}, {"*"}))
    with desk.database.write() as session:
        session.query(Application).filter_by(id=own).update({"claimed_by": "suzuki"})
    desk.do(decisions.propose, both, own, "approve")
    batch_id = batches.prepare(both, "approve", [fine, taken, changed, unproposed, own, "nothing"])
    other = batches.hire("sekine", "approver")

    desk.do(decisions.approve, other, taken, _proposal(batches, batch_id, taken))
    desk.do(decisions.send_back, other, changed, _proposal(batches, batch_id, changed), "直してください")
    batches.confirm(both, batch_id)
    assert batches.run(batch_id)
    assert list(batches.results(batch_id).values()) == ["done", "decided", "changed", "unproposed", "own", "missing"]
    assert batches.view(both, batch_id).lines[1].facts["name"] == "sekine"
    assert decided(batches) == 2


def test_another_offices_case_and_none_look_the_same(batches: Batches) -> None:
    far = batches.hire("endo", "clerk", "shuzei-shomei")
    here = batches.desk.received()
    batch_id = batches.prepare(far, "claim", [here, "a" * 26])
    batches.confirm(far, batch_id)
    batches.run(batch_id)
    one, other = batches.view(far, batch_id).lines
    assert (one.result, one.reference, one.application_id, one.facts) == ("missing", None, None, {})
    assert replace(one, position=1) == other


@pytest.mark.parametrize(("many", "what"), [(0, "none"), (501, "many"), (5_000, "many")])
def test_how_many_there_may_be(batches: Batches, many: int, what: str) -> None:
    with pytest.raises(BatchRefused) as refused:
        batches.prepare(batches.desk.people.sato, "claim", [f"case{number}" for number in range(many)])
    assert (refused.value.what, refused.value.count) == (what, many)
    assert batches.prepare(batches.desk.people.sato, "claim", ["same"] * 501)


def test_a_form_sent_twice_is_one_batch_and_runs_once(batches: Batches) -> None:
    sato, chosen = batches.desk.people.sato, [batches.desk.claimed() for _ in range(2)]
    first = batches.prepare(sato, "message", chosen)
    assert batches.prepare(sato, "message", chosen) == first
    assert batches.prepare(sato, "message", chosen, nonce="another") != first
    assert batches.prepare(sato, "message", chosen[:1]) != first
    assert batches.confirm(sato, first, text="お知らせ", ready="") == 2
    assert batches.confirm(sato, first, text="別の文", ready="") is None
    assert batches.run(first)
    assert batches.run(first)
    with batches.desk.database.read() as session:
        assert list(session.scalars(select(CaseMessage.text))) == ["お知らせ"] * 2
        assert [row.action for row in session.query(AuditEvent).filter_by(object_id=first)] == ["batch.message"]


def test_what_another_worker_did_meanwhile_is_not_done_again(batches: Batches) -> None:
    """Both workers read the batch before either had begun."""
    sato = batches.desk.people.sato
    batch_id, acts = batches.prepare(sato, "claim", [batches.desk.received()]), []
    batches.confirm(sato, batch_id)
    [application_id] = batches.results(batch_id)
    kind = replace(KINDS["claim"], act=lambda *about: acts.append(about))
    for _ in range(2):
        item = running.Item(batch_id, application_id, None, {})
        running._one(batches.desk.database, batches.desk.now, sato, kind, item, 0)
    assert len(acts) == 1
    assert batches.results(batch_id) == {application_id: "done"}


def test_strangers_neither_see_nor_begin_it(batches: Batches) -> None:
    people = batches.desk.people
    batch_id = batches.prepare(people.sato, "claim", [batches.desk.received()])
    for stranger in (batches.hire("other"), people.hanako):
        with pytest.raises(NotFound):
            batches.view(stranger, batch_id)
        with pytest.raises(NotFound):
            batches.confirm(stranger, batch_id)
    for kind, stranger in (("claim", people.suzuki), ("approve", people.sato), ("assign", people.sato)):
        with pytest.raises(NotFound):
            batches.prepare(stranger, kind, ["x"])
    with pytest.raises(NotFound):
        batches.view(people.sato, "nothing")


def test_a_role_that_was_taken_away_counts_no_more(batches: Batches) -> None:
    sato = batches.desk.people.sato
    batch_id = batches.prepare(sato, "claim", [batches.desk.received()])
    batches.confirm(sato, batch_id)
    with batches.desk.database.write() as session:
        session.query(StaffRole).filter_by(person_id="sato").delete()
    batches.run(batch_id)
    assert count(batches.results(batch_id)) == {"missing": 1}


def test_what_breaks_in_one_case_stops_no_other(batches: Batches) -> None:
    sato, chosen = batches.desk.people.sato, [batches.desk.received() for _ in range(3)]

    def break_down(session: object, actor: Actor, now: object, item: object) -> None:
        cases.claim(session, actor, now, item.application_id)
        if item.application_id == chosen[1]:
            raise ZeroDivisionError

    batch_id = batches.prepare(sato, "claim", chosen)
    batches.confirm(sato, batch_id)
    batches.run(batch_id, known={"claim": replace(KINDS["claim"], act=break_down)})
    assert list(batches.results(batch_id).values()) == ["done", "failed", "done"]
    with batches.desk.database.read() as session:
        assert session.get(Application, chosen[1]).claimed_by is None


def test_it_goes_on_where_it_stopped(batches: Batches) -> None:
    """A process that dies between two cases leaves the rest to the job, and nothing is done twice."""
    sato, chosen = batches.desk.people.sato, [batches.desk.received() for _ in range(3)]
    batch_id = batches.prepare(sato, "claim", chosen)
    batches.confirm(sato, batch_id)
    assert not batches.run(batch_id, most=1)
    assert batches.view(sato, batch_id).finished == 1
    handler = running.handler(KINDS, lambda: batches.desk.now)
    later = batches.desk.now + preparing.HAND
    handlers = {preparing.JOB: handler, "notice.send": lambda *_: None}
    while jobs.run_one(batches.desk.database, lambda: later, "w", handlers):
        pass
    view = batches.view(sato, batch_id)
    assert (view.state, view.done) == ("done", 3)


def test_a_large_batch_is_a_workers_at_once(batches: Batches) -> None:
    sato = batches.desk.people.sato
    for many, wait in ((preparing.AT_ONCE, preparing.HAND), (preparing.AT_ONCE + 1, timedelta(0))):
        batch_id = batches.prepare(sato, "claim", [f"x{number}" for number in range(many)])
        batches.confirm(sato, batch_id)
        with batches.desk.database.read() as session:
            job = session.query(Job).filter_by(key=f"{preparing.JOB}:{batch_id}").one()
        assert job.run_at == batches.desk.now + wait


def test_two_batches_on_the_same_cases_at_once(batches: Batches) -> None:
    """One decision a case; the other batch is told who decided."""
    chosen = proposed(batches, 6)
    people = [batches.desk.people.suzuki, batches.hire("sekine", "approver")]
    orders = (chosen, chosen[::-1])
    prepared = [batches.prepare(person, "approve", order) for person, order in zip(people, orders, strict=True)]
    for person, batch_id in zip(people, prepared, strict=True):
        batches.confirm(person, batch_id)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(batches.run, prepared * 2))
    results = [count(batches.results(batch_id)) for batch_id in prepared]
    assert sum(one["done"] for one in results) == 6
    assert sum(one["decided"] for one in results) == 6
    assert decided(batches) == 6


class TestAssigning:
    def test_a_manager_gives_many_to_one(self, batches: Batches) -> None:
        manager, abe = batches.hire("ueda", "manager", "hokenjo"), batches.hire("abe", "clerk", "hokenjo")
        fine, closed = batches.desk.received(), proposed(batches, 1)[0]
        results = batches.do(manager, "assign", [fine, closed], person="abe", reason="担当地区")
        assert results == {fine: "done", closed: "impossible"}
        with batches.desk.database.read() as session:
            assert cases.view(session, abe, fine).claimed_by == "abe"

    def test_an_absent_clerks_cases_are_taken_over(self, batches: Batches) -> None:
        desk, baba = batches.desk, batches.hire("baba")
        theirs = [desk.claimed() for _ in range(2)]
        day = tokyo_day(desk.now)
        desk.do(presence.enter, desk.people.sato, "sato", day, day, "baba")
        batch_id = batches.prepare(baba, "take_over", theirs)
        chiba = batches.hire("chiba")
        batches.do(chiba, "take_over", theirs[1:], reason="先に")
        batches.confirm(baba, batch_id, reason="佐藤さんが不在のため")
        batches.run(batch_id)
        assert batches.results(batch_id) == {theirs[0]: "done", theirs[1]: "taken"}


class TestMessages:
    def test_ready_words_come_in_the_applicants_language(self, batches: Batches) -> None:
        sato, one = batches.desk.people.sato, batches.desk.claimed()
        results = batches.do(sato, "message", [one], ready="nothing-like-it", text="")
        assert results == {one: "no_words"}

    @pytest.mark.parametrize(
        ("length", "result"), [(0, "words_empty"), (LONGEST + 1, "words_long"), (50_000, "words_long")]
    )
    def test_the_limits_are_those_of_one_message(self, batches: Batches, length: int, result: str) -> None:
        one = batches.desk.claimed()
        assert batches.do(batches.desk.people.sato, "message", [one], ready="", text="長" * length) == {one: result}

    def test_the_words_are_forgotten_when_they_are_sent(self, batches: Batches) -> None:
        batches.do(batches.desk.people.sato, "message", [batches.desk.claimed()], ready="", text="お知らせ")
        with batches.desk.database.read() as session:
            assert [batch.details for batch in session.query(Batch)] == [{}]


@pytest.mark.parametrize(
    ("confirmed", "after", "left"),
    [
        (False, timedelta(hours=23), 1),
        (False, timedelta(hours=25), 0),
        (True, timedelta(29), 1),
        (True, timedelta(31), 0),
    ],
)
def test_batches_are_forgotten(batches: Batches, confirmed: bool, after: timedelta, left: int) -> None:
    sato = batches.desk.people.sato
    batch_id = batches.prepare(sato, "claim", ["x"])
    if confirmed:
        batches.confirm(sato, batch_id)
        batches.run(batch_id)
    with batches.desk.database.write() as session:
        assert forgetting.forget(session, batches.desk.now + after) == 1 - left
    with batches.desk.database.read() as session:
        assert session.query(BatchItem).count() == left


def _proposal(batches: Batches, batch_id: str, application_id: str) -> str:
    with batches.desk.database.read() as session:
        seen = select(BatchItem.seen).where(BatchItem.batch_id == batch_id)
        return session.scalar(seen.where(BatchItem.application_id == application_id))
