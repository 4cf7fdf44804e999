"""An office whose May was counted by hand."""

from datetime import date

import pytest

from procedures import applications, decisions
from procedures.corrections import overdue, resubmitting
from procedures.statistics.counting import count_days
from tests.procedures.clock.by_hand import moment
from tests.procedures.corrections.conftest import CorrectionDesk, desk

__all__ = ["desk"]


@pytest.fixture
def may(desk: CorrectionDesk) -> CorrectionDesk:
    """All received on Friday 1 May 2026; business days are 7, 8, 11-15, 18-22, 25-29 May.

    | case   | what happened                                                | working | calendar |
    |--------|--------------------------------------------------------------|---------|----------|
    | first  | approved on Thu 7                                            | 1       | 6        |
    | second | asked on Fri 8, back on Tue 12 (11, 12 paused), refused Thu 14 | 6 - 2 = 4 | 13    |
    | third  | approved on Thu 21: 7, 8, 11-15, 18-21, one more than ten    | 11      | 20       |
    | fourth | withdrawn on Mon 11                                          |         |          |
    | kennel | asked on 1, not answered by Fri 15: lapsed on Sat 16         |         |          |
    | fifth  | waits for a clerk                                            |         |          |
    | sixth  | with its applicant since Fri 8                               |         |          |
    | seventh| waits for its fee: nobody examines it yet                    |         |          |
    """
    decided(desk, desk.claimed(), "approve", "2026-05-07")
    second = desk.claimed()
    desk.ask(second, ("name",), due_on=date(2026, 6, 30), now=moment("2026-05-08"))
    desk.change(second, ("name",), "花子")
    desk.do(resubmitting.resubmit, desk.people.hanako, second, 2, "seen", now=moment("2026-05-12"))
    decided(desk, second, "refuse", "2026-05-14")
    decided(desk, desk.claimed(), "approve", "2026-05-21")
    desk.do(applications.withdraw, desk.people.hanako, desk.received(), None, now=moment("2026-05-11"))
    kennel = desk.kennel()
    desk.ask(kennel, ("kind",))
    with desk.database.write() as session:
        assert overdue.expire(session, moment("2026-05-16T00:10")) == [kennel]
    desk.received()
    desk.ask(desk.claimed(), ("name",), due_on=date(2026, 6, 30), now=moment("2026-05-08"))
    desk.submitted("permit")
    count_days(desk.database, moment("2026-05-29"))
    return desk


def decided(desk: CorrectionDesk, case: str, outcome: str, day: str) -> None:
    """Proposed and decided on this day."""
    codes = ("R1",) if outcome == "refuse" else ()
    at = moment(day)
    proposal = desk.do(decisions.propose, desk.people.sato, case, outcome, codes, now=at)
    desk.do(decisions.approve, desk.people.suzuki, case, proposal, now=at)
