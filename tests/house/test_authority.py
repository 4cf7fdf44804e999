"""The table of authority covers what staff can do to a case, and every row is worded."""

from engine.lifecycle import TRANSITIONS, Who
from procedures.authority import action_of, rows
from tests.house.tree import expect_none

STAFF = frozenset({Who.CLERK, Who.APPROVER})


def test_the_life_of_a_case_and_the_table_agree() -> None:
    table = {row.action: row for row in rows()}
    faults = []
    for transition in TRANSITIONS:
        roles, action = {who.value for who in transition.who & STAFF}, action_of(transition.event)
        if roles and (action not in table or table[action].reads or not roles <= table[action].roles):
            faults.append(
                f"{transition.event} is for {', '.join(sorted(roles))} in engine/lifecycle: let a row {action} that "
                "changes something say so in procedures/authority/table.py, with its wording in catalogue/authority.yaml."
            )
    expect_none(faults)


def test_no_row_stands_twice() -> None:
    assert len({row.words for row in rows()}) == len(rows())
