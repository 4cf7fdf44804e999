"""To another office (移送): with a reason, the clock going on, the applicant told; and races."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.lifecycle import Status, TransitionRefused
from procedures import cases, decisions, doctor
from procedures.actors import Actor
from procedures.assigning import moves
from procedures.assigning.arriving import JOB
from procedures.assigning.moves import ReasonRefused
from procedures.assigning.transferring import TransferRefused, possible, transfer
from procedures.errors import Conflict, NotFound
from procedures.models import AuditEvent, Office, OfficeAssigning
from procedures.people.offices import Known
from tests.procedures.assigning.conftest import ELSEWHERE, OFFICE, House, staff

WHY = "申請者の住所が管轄の外にあるため"


@pytest.fixture
def town(house: House) -> House:
    """Abe and Baba here, Endo in the other office, and an office where nobody works."""
    for name in ("abe", "baba"):
        house.hire(name)
    house.hire("endo", office=ELSEWHERE)
    with house.database.write() as session:
        for office, name in ((ELSEWHERE, "都税証明窓口"), ("empty", "空の窓口")):
            session.add(Office(id=office, name_ja=name, name_en=f"Office {office}"))
    return house


def held(town: House) -> str:
    application_id = town.desk.received()
    town.do(cases.claim, staff("abe"), application_id)
    return application_id


def test_the_other_office_has_it_and_the_clock_goes_on(town: House) -> None:
    application_id = held(town)
    with town.database.read() as session:
        before = cases.view(session, staff("abe"), application_id)
    town.do(transfer, staff("abe"), application_id, ELSEWHERE, WHY)
    with town.database.read() as session:
        after = cases.view(session, staff("endo", office=ELSEWHERE), application_id)
        with pytest.raises(NotFound):
            cases.view(session, staff("abe"), application_id)
        assert [
            (one.kind, one.from_office, one.to_office, one.reason)
            for one in moves.of_case(session, before.application_id)
        ] == [("transferred", OFFICE, ELSEWHERE, WHY)]
        assert [row.note for row in session.query(AuditEvent).filter_by(action="case.transferred")]
        assert doctor.run(session) == []
    assert (after.status, after.due_on, after.claimed_by) == (before.status, before.due_on, None)
    assert after.timeline == before.timeline
    [notice] = [job for job in town.jobs("notice.send") if job["kind"] == "transferred"]
    assert notice["facts"] == {"office": "都税証明窓口"}
    town.do(cases.claim, staff("endo", office=ELSEWHERE), application_id)


def test_an_office_that_assigns_by_itself_does_so_with_what_comes(town: House) -> None:
    application_id = held(town)
    with town.database.write() as session:
        session.add(OfficeAssigning(office=ELSEWHERE, automatic=True, changed_by="endo", changed_at=town.desk.now))
    town.do(transfer, staff("abe"), application_id, ELSEWHERE, WHY)
    assert town.jobs(JOB) == [{"application_id": application_id}]
    assert town.assign(application_id) == "endo"


@pytest.mark.parametrize(
    ("office", "what"),
    [(OFFICE, "same"), ("nowhere", "office"), ("*", "office"), ("", "office"), ("empty", "nobody")],
)
def test_wrong_offices(town: House, office: str, what: str) -> None:
    application_id = held(town)
    with pytest.raises(TransferRefused) as refused:
        town.do(transfer, staff("abe"), application_id, office, WHY)
    assert refused.value.what == what
    assert town.held_by(application_id) == "abe"


def test_offices_to_choose_from_are_those_where_somebody_works(town: House) -> None:
    with town.database.read() as session:
        assert possible(session, OFFICE) == [Known(ELSEWHERE, "都税証明窓口", f"Office {ELSEWHERE}")]


def test_a_colleagues_case_only_the_manager_transfers(town: House) -> None:
    application_id = held(town)
    with pytest.raises(Conflict) as refused:
        town.do(transfer, staff("baba"), application_id, ELSEWHERE, WHY)
    assert refused.value.who == "abe"
    town.do(transfer, town.manager, application_id, ELSEWHERE, WHY)
    assert [job["person_id"] for job in town.jobs("assign.tell")] == ["abe"]


def test_what_is_refused(town: House) -> None:
    application_id = held(town)
    with pytest.raises(ReasonRefused):
        town.do(transfer, staff("abe"), application_id, ELSEWHERE, " ")
    for stranger in (staff("endo", office=ELSEWHERE), town.desk.people.hanako, town.desk.people.suzuki):
        with pytest.raises(NotFound):
            town.do(transfer, stranger, application_id, ELSEWHERE, WHY)
    town.do(decisions.propose, staff("abe"), application_id, "approve")
    with pytest.raises(TransitionRefused):
        town.do(transfer, staff("abe"), application_id, ELSEWHERE, WHY)


def test_transfer_claim_and_propose_at_once(town: House) -> None:
    """Whatever came first: a case is proposed here, or lies in the other office with nobody; never half of each."""
    cases_there = [held(town) for _ in range(4)] + [town.desk.received() for _ in range(4)]

    def attempt(service: object, actor: object, application_id: str, *more: object) -> bool:
        try:
            town.do(service, actor, application_id, *more)
        except (Conflict, NotFound, TransitionRefused):
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        for one in cases_there:
            moved = pool.submit(attempt, transfer, town.manager, one, ELSEWHERE, WHY)
            claimed = pool.submit(attempt, cases.claim, staff("baba"), one)
            proposed = pool.submit(attempt, decisions.propose, staff("abe"), one, "approve")
            outcome = (moved.result(), proposed.result())
            with town.database.read() as session:
                view = cases.view(session, _both(), one)
            assert outcome != (True, True)
            if moved.result():
                assert (view.office, view.claimed_by) == (ELSEWHERE, None)
            elif proposed.result():
                assert (view.office, view.status) == (OFFICE, Status.DECISION_PROPOSED)
            claimed.result()
    with town.database.read() as session:
        assert doctor.run(session) == []


def _both() -> Actor:
    return Actor("staff", "x", "x", frozenset({("clerk", "*")}))
