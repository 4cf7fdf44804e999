"""A proposal passes its stages in order, each by another person; it goes back to the clerk or to the stage before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from engine.lifecycle import Status
from procedures import cases, decisions, doctor
from procedures.actors import Actor
from procedures.errors import AlreadyDecided, Conflict, NotFound, ProposalChanged, SamePerson
from procedures.models import Decision, Endorsement, Proposal
from tests.procedures.decisions.conftest import ROUTE, RouteDesk


@pytest.fixture
def staff(routed: RouteDesk) -> dict[str, Actor]:
    """One for each stage of the route."""
    return {stage: routed.colleague(f"{stage}さん", role) for stage, role in ROUTE.items()}


def lies_at(routed: RouteDesk, proposal_id: str) -> str | None:
    with routed.database.read() as session:
        return session.get_one(Proposal, proposal_id).stage


def test_in_the_order_of_the_procedure(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route()
    for stage in ROUTE:
        assert lies_at(routed, proposal_id) == stage
        for other in set(ROUTE) - {stage}:
            if ROUTE[other] != ROUTE[stage]:
                with pytest.raises(NotFound):
                    routed.passes(staff[other], application_id, proposal_id)
        done = routed.passes(staff[stage], application_id, proposal_id, stage=stage)
        assert done.status is (Status.APPROVED if stage == "decide" else Status.DECISION_PROPOSED)
    with routed.database.read() as session:
        passed = session.scalars(select(Endorsement).order_by(Endorsement.at, Endorsement.stage)).all()
        assert {(row.stage, row.by) for row in passed} == {("second", "secondさん"), ("chief", "chiefさん")}
        decided = session.scalars(select(Decision)).one()
        assert (decided.proposed_by, decided.decided_by) == ("sato", "decideさん")
        events = [one.event for one in cases.view(session, routed.people.sato, application_id).timeline]
        assert events[-4:] == ["propose", "endorse", "endorse", "approve"]
        assert doctor.run(session) == []


def test_nobody_passes_twice_nor_their_own(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route()
    with pytest.raises(SamePerson) as own:
        routed.passes(routed.people.sato, application_id, proposal_id)
    assert not own.value.passed
    routed.passes(staff["second"], application_id, proposal_id)
    routed.passes(staff["chief"], application_id, proposal_id)
    with pytest.raises(SamePerson) as twice:
        routed.passes(staff["chief"], application_id, proposal_id)
    assert twice.value.passed


def test_who_comes_second_to_a_stage_learns_who_passed_it(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    """A stale page never passes the stage after the one that it shows."""
    application_id, proposal_id = routed.on_route()
    other = routed.colleague("別の係員", "clerk")
    routed.passes(staff["second"], application_id, proposal_id, stage="second")
    with pytest.raises(Conflict) as first:
        routed.passes(staff["decide"], application_id, proposal_id, stage="second")
    assert first.value.who == "secondさん"
    with pytest.raises((Conflict, NotFound)):
        routed.passes(other, application_id, proposal_id, stage="second")
    assert lies_at(routed, proposal_id) == "chief"


def test_of_several_who_passed_it_the_last_is_told(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route()
    routed.passes(staff["second"], application_id, proposal_id)
    routed.now += timedelta(hours=1)
    routed.passes(staff["chief"], application_id, proposal_id)
    with pytest.raises(Conflict) as before:
        routed.passes(staff["decide"], application_id, proposal_id, stage="second")
    assert (before.value.who, before.value.when) == ("chiefさん", routed.now)


def test_back_to_the_stage_before_and_on_again(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route()
    routed.passes(staff["second"], application_id, proposal_id)

    def back(stage: str, to: str) -> Status:
        with routed.database.write() as session:
            return decisions.send_back(
                session, staff[stage], routed.now, application_id, proposal_id, "もう一度", to=to
            )

    assert back("chief", "before") is Status.DECISION_PROPOSED
    assert lies_at(routed, proposal_id) == "second"
    routed.passes(staff["second"], application_id, proposal_id)
    routed.passes(staff["chief"], application_id, proposal_id)
    assert back("decide", "clerk") is Status.IN_REVIEW
    with pytest.raises(ProposalChanged):
        routed.passes(staff["decide"], application_id, proposal_id)
    again = routed.do(decisions.propose, routed.people.sato, application_id, "approve")
    assert lies_at(routed, again) == "second", "a new proposal begins at the first stage"
    with routed.database.read() as session:
        assert doctor.run(session) == []


def test_from_the_first_stage_back_is_back_to_the_clerk(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route()
    with routed.database.write() as session:
        status = decisions.send_back(
            session, staff["second"], routed.now, application_id, proposal_id, "もう一度", to="before"
        )
    assert status is Status.IN_REVIEW


def test_two_at_the_last_stage_at_once(routed: RouteDesk, staff: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route("refuse", ("R1",))
    rival = routed.colleague("もう一人", "approver")
    routed.passes(staff["second"], application_id, proposal_id)
    routed.passes(staff["chief"], application_id, proposal_id)
    together = Barrier(2)

    def decide(actor: Actor) -> str:
        together.wait()
        try:
            routed.passes(actor, application_id, proposal_id, stage="decide")
        except AlreadyDecided as decided:
            return decided.by
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(decide, (staff["decide"], rival)))
    assert results.count("decided") == 1
    with routed.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 1
