"""Proposals come to one of those of their stage: fair, to people who are there, never to who acted on them."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from procedures import cases, decisions, doctor
from procedures.actors import Actor, posts
from procedures.assigning import asking, presence, switches
from procedures.assigning.arriving import PROPOSAL
from procedures.days import tokyo_day
from procedures.models import AuditEvent, Job, Proposal, StaffRole
from tests.procedures.decisions.conftest import RouteDesk

OFFICE = "hokenjo"
MANAGER = "部長さん"
SECONDS, CHIEFS = ("二郎さん", "三郎さん"), ("課長さん", "次長さん")


@pytest.fixture
def office(routed: RouteDesk) -> dict[str, Actor]:
    """A manager who lets the office assign, two who pass as clerks, two who approve; the proposer is none of them."""
    with routed.database.write() as session:
        session.execute(delete(StaffRole))
    routed.people.sato = routed.colleague("佐藤さん", "clerk")
    people = {name: routed.colleague(name, "clerk") for name in SECONDS}
    people |= {name: routed.colleague(name, "approver") for name in CHIEFS}
    people[MANAGER] = routed.colleague(MANAGER, "manager")
    routed.do(switch_on, people[MANAGER])
    return people


def switch_on(session: object, actor: Actor, now: object) -> None:
    switches.switch(session, actor, now, OFFICE, automatic=True)


def asked(routed: RouteDesk, proposal_id: str) -> str | None:
    with routed.database.read() as session:
        return session.get_one(Proposal, proposal_id).asked


def ask(routed: RouteDesk, application_id: str) -> str | None:
    """What the job does."""
    with routed.database.write() as session:
        return asking.ask(session, routed.now, application_id)


def waiting(routed: RouteDesk, actor: Actor) -> list[str]:
    """The tab of what waits for somebody; its number says the same."""
    with routed.database.read() as session:
        listed = cases.queue(session, actor, cases.QueueFilter(tokyo_day(routed.now), "approval"))
        assert cases.counts(session, actor, tokyo_day(routed.now))["approval"] == len(listed)
        return [row.application_id for row in listed]


def test_each_stage_asks_one_of_its_own(routed: RouteDesk, office: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route()
    with routed.database.read() as session:
        assert len(session.scalars(select(Job).where(Job.kind == PROPOSAL)).all()) == 1
    second = ask(routed, application_id)
    assert second in SECONDS
    assert second == asked(routed, proposal_id)
    assert ask(routed, application_id) is None
    routed.passes(office[second], application_id, proposal_id)
    assert asked(routed, proposal_id) is None
    chief = ask(routed, application_id)
    assert chief in CHIEFS
    routed.passes(office[chief], application_id, proposal_id)
    assert ask(routed, application_id) == next(name for name in CHIEFS if name != chief)
    with routed.database.read() as session:
        notes = session.scalars(
            select(AuditEvent.note).where(AuditEvent.action == "proposal.asked").order_by(AuditEvent.seq)
        ).all()
        assert notes == [second, chief, asked(routed, proposal_id)]
        assert doctor.run(session) == []


def test_those_asked_see_it_and_the_others_of_the_stage_may_still_act(
    routed: RouteDesk, office: dict[str, Actor]
) -> None:
    application_id, proposal_id = routed.on_route()
    assert {name for name, actor in office.items() if waiting(routed, actor)} == {*SECONDS, MANAGER}
    first = ask(routed, application_id)
    other = next(name for name in SECONDS if name != first)
    assert {name for name, actor in office.items() if waiting(routed, actor)} == {first, MANAGER}
    assert waiting(routed, routed.people.sato) == []
    routed.passes(office[other], application_id, proposal_id)
    assert {name for name, actor in office.items() if waiting(routed, actor)} == {*CHIEFS, MANAGER}


def test_somebody_with_both_roles_does_not_see_what_they_passed(routed: RouteDesk, office: dict[str, Actor]) -> None:
    both = routed.colleague("両方さん", "clerk", "approver")
    application_id, proposal_id = routed.on_route()
    assert waiting(routed, both) == [application_id]
    routed.passes(both, application_id, proposal_id)
    assert waiting(routed, both) == []
    assert ask(routed, application_id) in CHIEFS


def test_shares_are_even(routed: RouteDesk, office: dict[str, Actor]) -> None:
    found = [routed.on_route()[0] for _ in range(5)]
    loads = Counter(ask(routed, one) for one in found)
    assert sorted(loads.values()) == [2, 3]


def test_whoever_is_away_is_asked_nothing_and_what_they_had_goes_on(
    routed: RouteDesk, office: dict[str, Actor]
) -> None:
    application_id, proposal_id = routed.on_route()
    first = ask(routed, application_id)
    other = next(name for name in SECONDS if name != first)
    today = tokyo_day(routed.now)
    routed.do(presence.enter, office[first], first, today, today + timedelta(days=2))
    assert asking.ask_everywhere(routed.database, routed.now) == 1
    assert asked(routed, proposal_id) == other
    routed.do(presence.enter, office[other], other, today, today)
    with routed.database.write() as session:
        session.execute(delete(StaffRole).where(StaffRole.person_id == "佐藤さん"))
    assert asking.ask_everywhere(routed.database, routed.now) == 0
    assert asked(routed, proposal_id) is None  # nobody is there: it waits for all of them
    assert waiting(routed, office[first]) == [application_id]


def test_a_deputy_sees_what_waits_for_the_one_who_is_away(routed: RouteDesk, office: dict[str, Actor]) -> None:
    deputy = routed.colleague("代理さん", "clerk")
    application_id, proposal_id = routed.on_route()
    routed.passes(office[SECONDS[0]], application_id, proposal_id)
    assert waiting(routed, deputy) == []
    chief = office[str(ask(routed, application_id))]
    routed.deputise(chief, deputy)
    assert waiting(routed, deputy) == [application_id]


def test_nobody_is_asked_where_the_manager_did_not_wish_it(routed: RouteDesk) -> None:
    routed.colleague(SECONDS[0], "clerk")
    application_id, proposal_id = routed.on_route()
    assert ask(routed, application_id) is None
    assert asked(routed, proposal_id) is None
    with routed.database.read() as session:
        assert session.scalars(select(Job).where(Job.kind == PROPOSAL)).all() == []


def test_nobody_is_asked_about_what_they_proposed(routed: RouteDesk, office: dict[str, Actor]) -> None:
    """Not even where nobody else is left who could be."""
    with routed.database.write() as session:
        session.execute(delete(StaffRole).where(StaffRole.person_id.in_(office[name].id for name in SECONDS)))
    application_id, proposal_id = routed.on_route()
    assert ask(routed, application_id) is None
    assert asked(routed, proposal_id) is None


def test_what_is_proposed_about_a_decided_case_asks_an_approver(routed: RouteDesk, office: dict[str, Actor]) -> None:
    application_id, proposal_id = routed.on_route("refuse", ("R1",))
    for name in (SECONDS[0], *CHIEFS):
        routed.passes(office[name], application_id, proposal_id)
    again = routed.do(decisions.propose_reopening, office[SECONDS[1]], application_id, "新しい資料が届きました")
    assert ask(routed, application_id) in CHIEFS
    assert asked(routed, again) in CHIEFS


def test_a_person_of_every_office_is_one_of_them(routed: RouteDesk) -> None:
    everywhere = Actor("staff", "全庁さん", "全庁さん", posts({"clerk"}, {"*"}))
    application_id, _ = routed.on_route()
    assert waiting(routed, everywhere) == [application_id]
