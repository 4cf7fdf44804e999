"""One writer of a status: every row of the table, and nothing beside it."""

import pytest
from sqlalchemy import insert, select, update

from engine.lifecycle import TRANSITIONS, Event, Fact, Status, Who, target
from procedures import doctor, lifecycle
from procedures.actors import SYSTEM, Actor, posts
from procedures.errors import Conflict, NotFound
from procedures.models import Application, AuditEvent, StatusHistory
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


def test_paying_moves_a_case_on_by_itself(desk: Desk) -> None:
    application_id = desk.submitted("permit")
    assert apply(desk, application_id, Event.PAY, Who.SYSTEM) is Status.RECEIVED
    with desk.database.read() as session:
        assert session.get_one(Application, application_id).due_on is not None


def test_the_table_is_asked_with_the_facts_of_the_procedure() -> None:
    assert target(Status.AWAITING_FEE, Event.PAY, Who.SYSTEM, [Fact.REVIEWED]) is Status.RECEIVED
    assert target(Status.AWAITING_FEE, Event.PAY, Who.SYSTEM) is Status.APPROVED
