"""The table of a case's life as a whole: nothing in it is out of reach, and nothing goes on without end."""

from collections.abc import Iterable
from itertools import combinations

import pytest

from engine.lifecycle import FINAL, TRANSITIONS, Event, Fact, Status, Transition, TransitionRefused, Who, target


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


def test_every_row_is_the_one_that_applies_for_some_facts() -> None:
    facts = [set(some) for count in range(len(Fact) + 1) for some in combinations(Fact, count)]
    for row in TRANSITIONS:
        for who in row.who:
            applies = [some for some in facts if row.given <= some and not row.unless & some]
            assert applies
            assert any(target(row.source, row.event, who, some) is row.target for some in applies), row


def test_no_two_rows_apply_to_the_same_facts() -> None:
    for one, other in combinations(TRANSITIONS, 2):
        if (one.source, one.event) != (other.source, other.event) or not one.who & other.who:
            continue
        assert one.given & other.unless or other.given & one.unless, (one, other)


def test_what_is_not_in_the_table_is_refused() -> None:
    known = {(row.source, row.event, who) for row in TRANSITIONS for who in row.who}
    everything = {(source, event, who) for source in Status for event in Event for who in Who}
    for source, event, who in everything - known:
        with pytest.raises(TransitionRefused):
            target(source, event, who, frozenset(Fact))
