"""Who learns what became of a case, and who may act in whose place: whoever it does not concern finds nothing."""

from dataclasses import replace

import pytest

from procedures import cases, decisions
from procedures.actors import Actor
from procedures.errors import AlreadyDecided, Conflict, NotFound, ProposalChanged, SamePerson
from tests.procedures.decisions.conftest import ROUTE, RouteDesk

OTHER = "a" * 26
"""No proposal's id."""


@pytest.fixture
def staff(routed: RouteDesk) -> dict[str, Actor]:
    """One for each stage of the route."""
    return {stage: routed.colleague(f"{stage}さん", role) for stage, role in ROUTE.items()}


@pytest.fixture
def stranger(routed: RouteDesk) -> Actor:
    """Who approves, in another office."""
    return routed.colleague("よその課長", "approver", "clerk", office="shuzei-shomei")


def deputy_of(routed: RouteDesk, absent: Actor, name: str = "課長代理") -> Actor:
    """Who has no post of their own any more."""
    deputy = routed.colleague(name, "clerk")
    routed.deputise(absent, deputy)
    return replace(deputy, posts=frozenset())


def test_a_page_that_is_stale_is_told_to_those_alone_who_could_have_acted(
    routed: RouteDesk, staff: dict[str, Actor], stranger: Actor
) -> None:
    application_id, _ = routed.on_route()
    cashier = routed.colleague("出納係", "cashier")
    deputy = deputy_of(routed, staff["decide"])
    for who in (*staff.values(), deputy):
        with pytest.raises(ProposalChanged) as changed:
            routed.passes(who, application_id, OTHER)
        assert str(changed.value) == OTHER
    for who in (stranger, cashier):
        with pytest.raises(NotFound):
            routed.passes(who, application_id, OTHER)


def test_another_stage_than_the_one_on_the_screen_is_told_to_the_same_people(
    routed: RouteDesk, staff: dict[str, Actor], stranger: Actor
) -> None:
    application_id, proposal_id = routed.on_route()
    with pytest.raises(ProposalChanged):  # nobody has passed it: the page is older still
        routed.passes(staff["decide"], application_id, proposal_id, stage="chief")
    routed.passes(staff["second"], application_id, proposal_id)
    with pytest.raises(Conflict):
        routed.passes(staff["decide"], application_id, proposal_id, stage="second")
    with pytest.raises(NotFound):
        routed.passes(stranger, application_id, proposal_id, stage="second")


def test_what_was_decided_is_told_by_whom_and_to_no_stranger(
    routed: RouteDesk, staff: dict[str, Actor], stranger: Actor
) -> None:
    application_id, proposal_id = routed.on_route()
    for stage in ROUTE:
        routed.passes(staff[stage], application_id, proposal_id)
    with pytest.raises(AlreadyDecided) as decided:
        routed.passes(staff["chief"], application_id, proposal_id)
    assert decided.value.by == "decideさん"
    with pytest.raises(NotFound):
        routed.passes(stranger, application_id, proposal_id)


def test_a_draft_concerns_nobody_of_an_office(routed: RouteDesk) -> None:
    draft = routed.draft(procedure="route")
    everywhere = routed.colleague("どこでも", "approver", "clerk", office="*")
    with pytest.raises(NotFound):
        routed.passes(everywhere, draft, OTHER)


def test_where_nothing_was_proposed_there_is_nothing_to_confirm(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id = routed.submitted("route")
    routed.do(cases.claim, routed.people.sato, application_id)
    with pytest.raises(ProposalChanged):
        routed.do(decisions.confirm, staff["decide"], application_id, OTHER)


def test_where_approvers_alone_act_no_clerk_learns_anything(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id = routed.submitted("permit", copies=0)
    with pytest.raises(NotFound):
        routed.passes(staff["second"], application_id, OTHER)
    with pytest.raises(ProposalChanged):
        routed.passes(staff["decide"], application_id, OTHER)


def test_where_nobody_examines_nobody_could_have_acted(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id = routed.submitted("notice")
    for who in staff.values():
        with pytest.raises(NotFound):
            routed.passes(who, application_id, OTHER)


def test_in_the_place_of_one_who_is_not_away_or_of_another_than_named(
    routed: RouteDesk, staff: dict[str, Actor]
) -> None:
    application_id, proposal_id = routed.on_route()
    routed.passes(staff["second"], application_id, proposal_id)
    deputy = deputy_of(routed, staff["decide"])
    for who in (deputy, staff["chief"]):  # not even who might have acted for themselves
        with pytest.raises(NotFound):
            routed.passes(who, application_id, proposal_id, in_place_of=staff["chief"].id)
    routed.deputise(staff["chief"], deputy)
    done = routed.passes(deputy, application_id, proposal_id, in_place_of=staff["chief"].id)
    assert done.status == "decision_proposed"
    with pytest.raises(SamePerson) as twice:  # what a deputy passed in their place, they have passed
        routed.passes(staff["chief"], application_id, proposal_id)
    assert twice.value.passed
