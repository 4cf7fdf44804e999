"""The table of authority covers what staff can do to a case, and every row is worded."""

from engine.lifecycle import TRANSITIONS, Who
from procedures.authority import action_of, rows
from tests.house.tree import expect_none

STAFF = frozenset({Who.CLERK, Who.APPROVER, Who.MANAGER})


def test_the_life_of_a_case_and_the_table_agree() -> None:
    table = {row.action: row for row in rows()}
    faults = []
    for transition in TRANSITIONS:
        for who in transition.who & STAFF:
            row = table.get(action_of(transition.event, who))
            if row is None or row.reads or who.value not in row.roles:
                faults.append(
                    f"{transition.event} is for a {who} in engine/lifecycle: let the row "
                    f"{action_of(transition.event, who)} of procedures/authority/table.py say so."
                )
    expect_none(faults)


def test_no_row_stands_twice() -> None:
    assert len({row.words for row in rows()}) == len(rows())
