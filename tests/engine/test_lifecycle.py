"""The table of a case's life as a whole: nothing in it is out of reach, and nothing goes on without end."""

from collections.abc import Iterable
from itertools import combinations

import pytest

from engine import lifecycle
from engine.lifecycle import (
    FINAL,
    TRANSITIONS,
    Event,
    Fact,
    Status,
    Transition,
    TransitionRefused,
    Who,
    events_from,
    target,
)

LIFE = """
draft                 submit              applicant              awaiting_fee          fee_due
draft                 submit              applicant              received              reviewed !fee_due
draft                 submit              applicant              approved              !reviewed !fee_due
draft                 withdraw            applicant              withdrawn
draft                 lapse               system                 lapsed
awaiting_fee          pay                 system                 received              reviewed
awaiting_fee          pay                 system                 approved              !reviewed
awaiting_fee          waive               system                 received              reviewed
awaiting_fee          waive               system                 approved              !reviewed
awaiting_fee          request_correction  clerk                  correction_requested  fee_undecided
awaiting_fee          withdraw            applicant              withdrawn
awaiting_fee          lapse               system                 lapsed
received              unpay               system                 awaiting_fee
received              claim               clerk,manager,system   in_review
received              withdraw            applicant              withdrawn
in_review             request_correction  clerk                  correction_requested
in_review             propose             clerk                  decision_proposed
in_review             withdraw            applicant              withdrawn
correction_requested  resubmit            applicant              awaiting_fee          fee_undecided
correction_requested  resubmit            applicant              in_review             !fee_undecided
correction_requested  resume              clerk,system           awaiting_fee          fee_undecided
correction_requested  resume              clerk,system           in_review             !fee_undecided
correction_requested  withdraw            applicant              withdrawn
correction_requested  lapse               system                 lapsed
decision_proposed     endorse             clerk,approver         decision_proposed
decision_proposed     step_back           clerk,approver         decision_proposed
decision_proposed     send_back           clerk,approver         in_review
decision_proposed     approve             approver               awaiting_issue_fee    fee_due
decision_proposed     approve             approver               approved              !fee_due
decision_proposed     refuse              approver               refused
awaiting_issue_fee    pay                 system                 approved
awaiting_issue_fee    withdraw            applicant              withdrawn
awaiting_issue_fee    lapse               system                 lapsed
approved              revoke              approver               revoked               reviewed
refused               reopen              approver               in_review
revoked               reopen              approver               in_review
lapsed                reopen              approver               in_review             examined
"""
"""What may become of a case, once more, by whom, and given what: whoever changes the table says it here, too."""

FACTS = [frozenset(some) for count in range(len(Fact) + 1) for some in combinations(Fact, count)]


def allowed() -> dict[tuple[str, str, str, frozenset[Fact]], str]:
    """Where everything leads that `LIFE` allows."""
    found = {}
    for source, event, people, goal, *conditions in (line.split() for line in LIFE.split("\n") if line):
        for who in people.split(","):
            for facts in FACTS:
                if all((one.lstrip("!") in facts) is not one.startswith("!") for one in conditions):
                    assert found.setdefault((source, event, who, facts), goal) == goal
    return found


def leads(source: Status, event: Event, who: Who, facts: frozenset[Fact]) -> Status | None:
    try:
        return target(source, event, who, facts)
    except TransitionRefused:
        return None


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "the other way round"])
def test_a_case_goes_where_it_may_and_nowhere_else(order: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "TRANSITIONS", TRANSITIONS[::order])
    known = allowed()
    for source in Status:
        for event in Event:
            for who in Who:
                ways = [(facts, known.get((source, event, who, facts))) for facts in FACTS]
                assert [(facts, leads(source, event, who, facts)) for facts in FACTS] == ways, (source, event, who)


@pytest.mark.parametrize("source", Status)
def test_everybody_is_shown_what_they_can_do(source: Status) -> None:
    known = allowed()
    for who in Who:
        assert events_from(source, who) == {event for at, event, by, _ in known if (at, by) == (source, who)}


def test_an_end_is_where_nobody_but_a_decision_of_the_office_leads_on() -> None:
    assert {
        one for one in Status if all(row.who == {Who.APPROVER} for row in TRANSITIONS if row.source == one)
    } == FINAL


def test_who_is_refused_is_told_what_they_tried() -> None:
    with pytest.raises(TransitionRefused, match=r"^approve by applicant is not possible from draft$") as refused:
        target(Status.DRAFT, Event.APPROVE, Who.APPLICANT)
    error = refused.value
    assert (error.source, error.event, error.who) == (Status.DRAFT, Event.APPROVE, Who.APPLICANT)


def reached(rows: Iterable[Transition], start: Status = Status.DRAFT) -> set[Status]:
    """The statuses to which these rows lead, one after the other."""
    found, rows = {start}, list(rows)
    while more := {row.target for row in rows if row.source in found} - found:
        found |= more
    return found


def test_every_status_is_reached_from_a_draft() -> None:
    assert reached(TRANSITIONS) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_every_status_leads_to_an_end(status: Status) -> None:
    assert reached(TRANSITIONS, status) & FINAL


def test_only_an_end_may_be_left_by_the_office_alone() -> None:
    assert {row.event for row in TRANSITIONS if row.source in FINAL} == {Event.REVOKE, Event.REOPEN}
    assert {who for row in TRANSITIONS if row.source in FINAL for who in row.who} == {Who.APPROVER}


def test_no_two_rows_apply_to_the_same_facts() -> None:
    for one, other in combinations(TRANSITIONS, 2):
        if (one.source, one.event) != (other.source, other.event) or not one.who & other.who:
            continue
        assert one.given & other.unless or other.given & one.unless, (one, other)
