"""One writer of a status: every row of the table, and nothing beside it."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select, update

from engine.lifecycle import TRANSITIONS, Event, Fact, Status, Who, target
from procedures import doctor, lifecycle
from procedures.actors import SYSTEM, Actor, posts
from procedures.authority import Row, asking
from procedures.errors import Conflict, NotFound
from procedures.models import Application, AuditEvent, CaseEvent, Job, StatusHistory
from tests.procedures.conftest import Desk

UEDA = Actor("staff", "suzuki", "上田 所長", posts({"manager"}, {"hokenjo"}))


def actor_of(desk: Desk, who: Who) -> Actor:
    people = desk.people
    return {
        Who.APPLICANT: people.hanako,
        Who.CLERK: people.sato,
        Who.APPROVER: people.suzuki,
        Who.MANAGER: UEDA,
        Who.SYSTEM: SYSTEM,
    }[who]


def standing_at(desk: Desk, status: Status) -> str:
    """A permit that stands there, with a history that says so."""
    application_id = desk.draft()
    with desk.database.write() as session:
        this = update(Application).where(Application.id == application_id)
        session.execute(this.values(status=status.value, office="hokenjo", round=1))
        row = {
            "application_id": application_id, "at": desk.now, "event": "submit", "source": "draft",
            "target": status.value, "who": "applicant", "actor": "person:hanako",
        }  # fmt: skip
        session.execute(insert(StatusHistory), row)
    return application_id


def apply(desk: Desk, application_id: str, event: Event, who: Who, **more: object) -> Status:
    with desk.database.write() as session:
        return lifecycle.apply(session, actor_of(desk, who), desk.now, application_id, event, who=who, **more)


def test_every_row_of_the_table_can_happen(desk: Desk) -> None:
    for row in TRANSITIONS:
        facts = row.given - {Fact.REVIEWED}
        for who in row.who:
            if Fact.REVIEWED in row.unless:  # these rows are for procedures that nobody reviews
                continue
            application_id = standing_at(desk, row.source)
            assert apply(desk, application_id, row.event, who, facts=facts) is row.target


def test_each_change_leaves_one_history_row_and_one_audit_row(desk: Desk) -> None:
    application_id = desk.claimed()
    with desk.database.read() as session:
        history = session.scalars(select(StatusHistory).order_by(StatusHistory.id)).all()
        assert [(row.source, row.target) for row in history] == [("draft", "received"), ("received", "in_review")]
        audited = session.scalars(
            select(AuditEvent.action).where(AuditEvent.object_id == application_id).order_by(AuditEvent.seq)
        ).all()
        assert audited == ["submit", "claim"]
        assert doctor.run(session) == []


def test_a_capacity_must_be_ones_own(desk: Desk) -> None:
    application_id = desk.claimed()
    impostors = [
        (desk.people.taro, Who.APPLICANT), (desk.people.hanako, Who.CLERK), (desk.people.suzuki, Who.CLERK),
        (desk.people.sato, Who.APPROVER), (desk.people.hanako, Who.SYSTEM), (desk.people.tanaka, Who.CLERK),
        (Actor("staff", "far", "", posts({"clerk"}, {"other-office"})), Who.CLERK),
    ]  # fmt: skip
    for actor, who in impostors:
        with pytest.raises(NotFound), desk.database.write() as session:
            lifecycle.apply(session, actor, desk.now, application_id, Event.WITHDRAW, who=who)
    with pytest.raises(NotFound), desk.database.write() as session:
        lifecycle.apply(session, SYSTEM, desk.now, "missing", Event.LAPSE, who=Who.SYSTEM)


def test_whoever_saw_another_status_learns_who_changed_it(desk: Desk) -> None:
    application_id = desk.claimed()
    with pytest.raises(Conflict) as error:
        apply(desk, application_id, Event.WITHDRAW, Who.APPLICANT, expected=Status.RECEIVED)
    assert (error.value.who, error.value.when) == (desk.people.sato.name, desk.now)


def test_a_status_changed_behind_ones_back_is_a_conflict(desk: Desk) -> None:
    application_id = desk.claimed()
    with desk.database.write() as session, pytest.raises(Conflict):
        lifecycle._set_status(session, desk.now, application_id, Status.RECEIVED, Status.REFUSED, None)


def test_whoever_saw_the_status_as_it_is_goes_on(desk: Desk) -> None:
    application_id = standing_at(desk, Status.RECEIVED)
    assert apply(desk, application_id, Event.CLAIM, Who.CLERK, expected=Status.RECEIVED) is Status.IN_REVIEW


def test_a_deputy_acts_with_the_posts_of_the_absent(desk: Desk) -> None:
    """And with those alone: what a deputy may do themselves does not count while they stand in for somebody."""
    people = desk.people
    for actor, absent, event, who, goes in [
        (people.tanaka, people.suzuki, Event.REFUSE, Who.APPROVER, True),
        (people.suzuki, people.tanaka, Event.REFUSE, Who.APPROVER, False),
        (people.suzuki, people.sato, Event.SEND_BACK, Who.CLERK, True),
    ]:
        application_id, deputy = standing_at(desk, Status.DECISION_PROPOSED), replace(actor, in_place_of=absent)
        with desk.database.write() as session, nullcontext() if goes else pytest.raises(NotFound):
            lifecycle.apply(session, deputy, desk.now, application_id, event, who=who)
        with desk.database.read() as session:
            moved = session.get_one(Application, application_id).status != Status.DECISION_PROPOSED
            by = session.scalars(select(StatusHistory.actor).order_by(StatusHistory.id.desc())).first()
        assert (moved, by) == (goes, actor.key if goes else "person:hanako")


def test_the_table_of_authority_has_the_last_word(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clerk's post is not enough where the table gives the action to others."""
    application_id = standing_at(desk, Status.RECEIVED)
    monkeypatch.setattr(asking, "row_of", lambda action: Row(action, frozenset({"manager"}), "office", reads=False))
    with pytest.raises(NotFound):
        apply(desk, application_id, Event.CLAIM, Who.CLERK)


def test_what_follows_is_queued_and_others_are_told(desk: Desk) -> None:
    application_id = standing_at(desk, Status.DECISION_PROPOSED)
    assert apply(desk, application_id, Event.REFUSE, Who.APPROVER) is Status.REFUSED
    with desk.database.read() as session:
        queued = session.scalars(select(Job.payload).where(Job.kind == "notice.send")).all()
        assert [one["application_id"] for one in queued] == [application_id]
        told = session.execute(select(CaseEvent.event, CaseEvent.application_id)).all()
        assert told == [("case.decided", application_id)]


def test_the_day_by_which_to_decide_stays_unless_it_moves(desk: Desk) -> None:
    application_id = standing_at(desk, Status.RECEIVED)
    with desk.database.write() as session:
        this = update(Application).where(Application.id == application_id)
        session.execute(this.values(due_on=date(2026, 6, 1)))
    apply(desk, application_id, Event.CLAIM, Who.CLERK)
    apply(desk, application_id, Event.PROPOSE, Who.CLERK)
    with desk.database.read() as session:
        assert session.get_one(Application, application_id).due_on == date(2026, 6, 1)


def test_what_nobody_reviews_is_done_when_it_is_paid(desk: Desk) -> None:
    application_id = desk.draft("notice", more=False)
    with desk.database.write() as session:
        this = update(Application).where(Application.id == application_id)
        session.execute(this.values(status="awaiting_fee", office="hokenjo", round=1))
    assert apply(desk, application_id, Event.PAY, Who.SYSTEM) is Status.APPROVED


def test_paying_moves_a_case_on_by_itself(desk: Desk) -> None:
    application_id = desk.submitted("permit")
    assert apply(desk, application_id, Event.PAY, Who.SYSTEM) is Status.RECEIVED
    with desk.database.read() as session:
        assert session.get_one(Application, application_id).due_on is not None


def test_the_table_is_asked_with_the_facts_of_the_procedure() -> None:
    assert target(Status.AWAITING_FEE, Event.PAY, Who.SYSTEM, [Fact.REVIEWED]) is Status.RECEIVED
    assert target(Status.AWAITING_FEE, Event.PAY, Who.SYSTEM) is Status.APPROVED
