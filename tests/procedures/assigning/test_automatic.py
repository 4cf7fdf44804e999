"""Cases that come by themselves: fair, under a lock, to clerks who are there, where the manager wishes it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from engine.lifecycle import Status
from procedures import applications, cases, doctor, jobs
from procedures.assigning import automatic, handing, leaving, presence, switches
from procedures.assigning.arriving import JOB
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Absence, Application, StaffRole
from tests.procedures.assigning.conftest import OFFICE, House, staff


def lying(house: House, count: int) -> list[str]:
    return [house.desk.received() for _ in range(count)]


def test_nothing_happens_where_nobody_wished_it(house: House) -> None:
    house.hire("abe")
    application_id = house.desk.received()
    assert house.jobs(JOB) == []
    assert house.assign(application_id) is None
    assert automatic.assign_everywhere(house.database, house.desk.now) == 0


def test_a_case_that_is_received_goes_to_a_clerk_by_a_job(house: House) -> None:
    house.hire("abe")
    house.switch_on()
    application_id = house.desk.received()
    assert house.jobs(JOB) == [{"application_id": application_id}]
    while jobs.run_one(house.database, lambda: house.desk.now, "w", {JOB: automatic.handler(), **_silent()}):
        pass
    assert house.held_by(application_id) == "abe"
    with house.database.read() as session:
        case = cases.view(session, staff("abe"), application_id)
        assert doctor.run(session) == []
    assert case.status is Status.IN_REVIEW
    assert case.timeline[-1].by is None


def test_a_job_that_is_done_twice_assigns_once(house: House) -> None:
    for name in ("abe", "baba"):
        house.hire(name)
    house.switch_on()
    application_id = house.desk.received()
    assert house.assign(application_id) == "abe"
    assert house.assign(application_id) is None
    assert house.held_by(application_id) == "abe"


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(st.sampled_from(["come", "come", "come", "away", "back", "end"]), min_size=4, max_size=14))
def test_loads_of_those_present_differ_by_one_case_at_most(house: House, script: list[str]) -> None:
    """Cases come while people leave, return and finish: whoever gets one had no more than anybody present."""
    _empty(house)
    clerks = ["abe", "baba", "chiba"]
    for name in clerks:
        house.hire(name)
    house.switch_on()
    away: dict[str, str] = {}
    for step in script:
        present = [name for name in clerks if name not in away]
        if step == "come":
            before = _counts(house)
            case = house.desk.received()
            got = house.assign(case)
            assert (got is None) is (not present)
            if got:
                assert got in present
                assert before[got] == min(before[name] for name in present)
        elif step == "away" and present:
            day = tokyo_day(house.desk.now)
            away[present[0]] = house.do(presence.enter, house.manager, present[0], day, day)
        elif step == "back" and away:
            name, absence = away.popitem()
            house.do(presence.call_off, house.manager, absence)
        elif step == "end":
            _end_one(house)
    assert automatic.assign_everywhere(house.database, house.desk.now) >= 0


def test_arrivals_alone_spread_evenly(house: House) -> None:
    for name in ("abe", "baba", "chiba"):
        house.hire(name)
    house.switch_on()
    lying(house, 8)
    assert automatic.assign_everywhere(house.database, house.desk.now) == 8
    assert sorted(house.hands().values()) == [2, 3, 3]


def test_what_is_due_first_is_given_out_first(house: House) -> None:
    house.hire("abe")
    later, sooner = lying(house, 2)
    with house.database.write() as session:
        due = tokyo_day(house.desk.now)
        session.execute(update(Application).where(Application.id == sooner).values(due_on=due))
    house.switch_on()
    with house.database.write() as session:
        assert automatic.assign_lying(session, house.desk.now, OFFICE, 1) == 1
    assert (house.held_by(sooner), house.held_by(later)) == ("abe", None)


@pytest.mark.parametrize(("role", "office"), [("approver", OFFICE), ("clerk", "shuzei-shomei"), ("manager", OFFICE)])
def test_only_clerks_of_the_office_get_cases(house: House, role: str, office: str) -> None:
    house.hire("other", role, office)
    house.switch_on()
    assert house.assign(house.desk.received()) is None
    house.hire("everywhere", "clerk", "*")
    assert automatic.assign_everywhere(house.database, house.desk.now) == 1
    assert house.hands() == {"everywhere": 1}


def test_a_share_of_nothing_gets_nothing_and_half_gets_half(house: House) -> None:
    for name in ("abe", "baba", "chiba"):
        house.hire(name)
    house.do(switches.share, house.manager, OFFICE, "baba", 50)
    house.do(switches.share, house.manager, OFFICE, "chiba", 0)
    house.switch_on()
    lying(house, 6)
    automatic.assign_everywhere(house.database, house.desk.now)
    assert house.hands() == {"abe": 4, "baba": 2}


def test_whoever_gave_a_case_back_does_not_get_it_again(house: House) -> None:
    abe = house.hire("abe")
    house.switch_on()
    application_id = house.desk.received()
    assert house.assign(application_id) == "abe"
    house.do(handing.give_back, abe, application_id, "親族の申請のため")
    assert house.assign(application_id) is None
    house.hire("baba")
    assert automatic.assign_everywhere(house.database, house.desk.now) == 1
    assert house.held_by(application_id) == "baba"


def test_who_leaves_the_office_loses_the_cases_and_is_told(house: House) -> None:
    abe = house.hire("abe")
    house.hire("baba")
    house.switch_on()
    mine = house.desk.received()
    house.do(cases.claim, abe, mine)
    with house.database.write() as session:
        session.query(StaffRole).filter(StaffRole.person_id == "abe").delete()
    with house.database.write() as session:
        assert leaving.let_fall(session, house.desk.now) == 1
    with house.database.write() as session:
        assert leaving.let_fall(session, house.desk.now) == 0
    assert house.held_by(mine) is None
    assert [job["person_id"] for job in house.jobs("assign.tell")] == ["abe"]
    assert house.jobs(JOB)[-1] == {"application_id": mine}
    assert house.assign(mine) == "baba"


def test_many_at_once_stay_fair(house: House) -> None:
    """Jobs and the periodic run beside each other: no case goes to two, and the loads stay level."""
    for name in ("abe", "baba", "chiba"):
        house.hire(name)
    house.switch_on()
    waiting = lying(house, 12)
    with ThreadPoolExecutor(4) as pool:
        each = [pool.submit(house.assign, one) for one in waiting[:6]]
        rest = [pool.submit(automatic.assign_everywhere, house.database, house.desk.now) for _ in range(2)]
        [one.result() for one in [*each, *rest]]
    automatic.assign_everywhere(house.database, house.desk.now)
    assert house.hands() == {"abe": 4, "baba": 4, "chiba": 4}
    with house.database.read() as session:
        assert doctor.run(session) == []


def test_an_end_of_work_makes_room(house: House) -> None:
    for name in ("abe", "baba"):
        house.hire(name)
    house.switch_on()
    first, _second = [house.desk.received(), house.desk.received()]
    automatic.assign_everywhere(house.database, house.desk.now)
    freed = house.held_by(first)
    house.desk.do(applications.withdraw, house.desk.people.hanako, first)
    assert house.assign(house.desk.received()) == freed


class TestSwitch:
    def test_only_the_manager_of_the_office(self, house: House) -> None:
        for stranger in (house.hire("abe"), staff("ueda", "manager", "shuzei-shomei"), house.desk.people.hanako):
            with pytest.raises(NotFound):
                house.do(switches.switch, stranger, OFFICE, automatic=True)
            with pytest.raises(NotFound):
                house.do(switches.share, stranger, OFFICE, "abe", 50)

    def test_on_and_off(self, house: House) -> None:
        house.hire("abe")
        house.switch_on()
        house.switch_on()
        house.do(switches.switch, house.manager, OFFICE, automatic=False)
        house.desk.received()
        assert house.jobs(JOB) == []
        with house.database.read() as session:
            assert not switches.is_automatic(session, OFFICE)

    def test_a_share_is_one_of_a_few_and_a_clerks(self, house: House) -> None:
        house.hire("abe")
        with pytest.raises(ValueError, match="33"):
            house.do(switches.share, house.manager, OFFICE, "abe", 33)
        with pytest.raises(NotFound):
            house.do(switches.share, house.manager, OFFICE, "suzuki", 50)


def _silent() -> dict[str, jobs.Handler]:
    return {"notice.send": lambda *_: None}


def _counts(house: House) -> Counter[str]:
    with house.database.read() as session:
        query = session.query(Application.claimed_by).filter(Application.status == Status.IN_REVIEW)
        return Counter(row.claimed_by for row in query)


def _end_one(house: House) -> None:
    with house.database.write() as session:
        held = session.query(Application).filter(Application.status == Status.IN_REVIEW).order_by(Application.id)
        if (one := held.first()) is not None:
            applications.withdraw(session, house.desk.people.hanako, house.desk.now, one.id)


def _empty(house: House) -> None:
    """A new day: nobody is there, nothing lies about."""
    house.desk.now += timedelta(days=2)
    with house.database.write() as session:
        session.query(StaffRole).filter(StaffRole.role == "clerk").delete()
        session.query(Absence).delete()
        session.execute(update(Application).values(status=Status.WITHDRAWN))
