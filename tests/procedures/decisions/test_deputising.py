"""Deputies decide in somebody else's place: for days, offices and stages, never on their own proposal."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.lifecycle import Status
from procedures import deputising, doctor
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.deputising import DeputyRefused
from procedures.errors import NotFound, SamePerson
from procedures.models import Decision
from tests.procedures.decisions.conftest import RouteDesk


@pytest.fixture
def head(routed: RouteDesk) -> Actor:
    """Who decides, and will be away."""
    return routed.colleague("部長", "approver")


@pytest.fixture
def deputy(routed: RouteDesk) -> Actor:
    """A clerk who approves nothing in their own right."""
    return routed.colleague("課長代理", "clerk")


def at_last_stage(routed: RouteDesk) -> tuple[str, str]:
    application_id, proposal_id = routed.on_route()
    routed.passes(routed.colleague("係員二", "clerk"), application_id, proposal_id)
    routed.passes(routed.colleague("課長", "approver"), application_id, proposal_id)
    return application_id, proposal_id


def test_the_decision_names_both_and_the_absent_one_sees_it_afterwards(
    routed: RouteDesk, head: Actor, deputy: Actor
) -> None:
    application_id, proposal_id = at_last_stage(routed)
    with pytest.raises(NotFound):
        routed.passes(deputy, application_id, proposal_id, in_place_of=head.id)
    routed.deputise(head, deputy)
    with pytest.raises(NotFound):
        routed.passes(deputy, application_id, proposal_id)
    done = routed.passes(deputy, application_id, proposal_id, stage="decide", in_place_of=head.id)
    assert done.status is Status.APPROVED
    with routed.database.read() as session:
        decision = session.scalars(select(Decision)).one()
        assert (decision.decided_by, decision.stood_in_for) == (deputy.id, head.id)
        [one] = deputising.unseen(session, head)
        assert (one.by, one.decided, one.outcome) == ("課長代理", True, "approve")
        assert deputising.unseen(session, deputy) == []
        assert doctor.run(session) == []
    with pytest.raises(NotFound):
        routed.do(deputising.mark_seen, deputy, one.id)
    routed.do(deputising.mark_seen, head, one.id)
    with routed.database.read() as session:
        assert deputising.unseen(session, head) == []
    with pytest.raises(NotFound):
        routed.do(deputising.mark_seen, head, one.id)


def test_never_the_proposer_nor_for_the_proposer(routed: RouteDesk, head: Actor) -> None:
    application_id, proposal_id = at_last_stage(routed)
    with routed.database.write() as session:
        from procedures.models import StaffRole

        session.add(StaffRole(person_id="sato", role="clerk", office="hokenjo"))
        session.add(StaffRole(person_id="sato", role="approver", office="hokenjo"))
    routed.deputise(head, routed.people.sato)
    with pytest.raises(SamePerson):
        routed.passes(routed.people.sato, application_id, proposal_id, in_place_of=head.id)
    other = routed.colleague("別の課長代理", "clerk")
    sato = Actor("staff", "sato", "", frozenset({("approver", "hokenjo")}))
    routed.deputise(sato, other)
    with pytest.raises(SamePerson):
        routed.passes(other, application_id, proposal_id, in_place_of="sato")


def test_who_passed_a_stage_is_nobodys_deputy_at_the_next(routed: RouteDesk, head: Actor) -> None:
    application_id, proposal_id = routed.on_route()
    second = routed.colleague("係員二", "clerk")
    routed.passes(second, application_id, proposal_id)
    routed.deputise(head, second)
    with pytest.raises(SamePerson):
        routed.passes(second, application_id, proposal_id, in_place_of=head.id)


@pytest.mark.parametrize(
    ("what", "holds"), [({}, True), ({"stages": ["decide"]}, True), ({"stages": ["chief"]}, False)]
)
def test_only_for_the_stages_that_were_named(
    routed: RouteDesk, head: Actor, deputy: Actor, what: dict[str, object], holds: bool
) -> None:
    application_id, proposal_id = at_last_stage(routed)
    routed.deputise(head, deputy, **what)
    if holds:
        assert routed.passes(deputy, application_id, proposal_id, in_place_of=head.id).status is Status.APPROVED
        return
    with pytest.raises(NotFound):
        routed.passes(deputy, application_id, proposal_id, in_place_of=head.id)


def test_over_when_the_days_are_over_or_it_is_ended_or_the_post_is_gone(
    routed: RouteDesk, head: Actor, deputy: Actor
) -> None:
    application_id, proposal_id = at_last_stage(routed)
    named = routed.deputise(head, deputy, days=3)
    start = routed.now
    routed.now = start + timedelta(days=4)
    with pytest.raises(NotFound):
        routed.passes(deputy, application_id, proposal_id, in_place_of=head.id)
    routed.now = start
    with pytest.raises(NotFound):
        routed.do(deputising.end, deputy, named)
    routed.do(deputising.end, head, named)
    with pytest.raises(NotFound):
        routed.passes(deputy, application_id, proposal_id, in_place_of=head.id)
    former = routed.colleague("前の部長", "clerk")
    routed.deputise(Actor("staff", former.id, "", frozenset({("approver", "hokenjo")})), deputy)
    with pytest.raises(NotFound):
        routed.passes(deputy, application_id, proposal_id, in_place_of=former.id)


@pytest.mark.parametrize(
    ("deputy_id", "office", "first", "last", "key"),
    [
        ("部長", "hokenjo", 0, 3, "person"), ("hanako", "hokenjo", 0, 3, "person"),
        ("課長代理", "shuzei", 0, 3, "office"), ("課長代理", "hokenjo", 3, 0, "days"),
        ("課長代理", "hokenjo", -3, -1, "days"), ("課長代理", "hokenjo", 0, 400, "days"),
    ],
)  # fmt: skip
@pytest.mark.sqlite_only
def test_what_cannot_be_named(
    routed: RouteDesk, head: Actor, deputy: Actor, deputy_id: str, office: str, first: int, last: int, key: str
) -> None:
    assert deputy.id == "課長代理"
    today = tokyo_day(routed.now)
    days = (today + timedelta(days=first), today + timedelta(days=last))
    with pytest.raises(DeputyRefused) as refused:
        routed.do(deputising.name_deputy, head, deputy_id, office, days)
    assert refused.value.key == key


@pytest.mark.sqlite_only
def test_who_approves_nothing_names_nobody_and_both_see_what_was_named(
    routed: RouteDesk, head: Actor, deputy: Actor
) -> None:
    today = tokyo_day(routed.now)
    with pytest.raises(NotFound):
        routed.do(deputising.name_deputy, deputy, head.id, "hokenjo", (today, today))
    routed.deputise(head, deputy)
    with routed.database.read() as session:
        assert [one.mine for one in deputising.named(session, head, today)] == [True]
        assert [one.mine for one in deputising.named(session, deputy, today)] == [False]
