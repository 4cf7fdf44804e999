"""Decided cases taken up again or revoked: by two people, each in a turn of its own, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from engine.lifecycle import Event, Status, TransitionRefused, Who
from procedures import applications, cases, decisions, doctor, lifecycle
from procedures.actors import SYSTEM, Actor, posts
from procedures.decisions import Hearing
from procedures.errors import AlreadyDecided, Conflict, NoLawfulReason, NotFound, ProposalChanged, SamePerson
from procedures.models import Application, Decision, Job, Place, StatusHistory
from tests.procedures.conftest import Desk

HEARD = Hearing("hearing", date(2026, 4, 28), "聴聞調書第3号")
BOTH = Actor("staff", "sato", "佐藤", posts({"clerk", "approver"}, {"*"}))


def approved(desk: Desk) -> str:
    application_id, proposal_id = desk.proposed()
    desk.approve(application_id, proposal_id)
    return application_id


def refused(desk: Desk) -> str:
    application_id, proposal_id = desk.proposed("refuse", ("R1",))
    desk.approve(application_id, proposal_id)
    return application_id


def revocation(desk: Desk, application_id: str) -> str:
    return desk.do(decisions.propose_revocation, desk.people.sato, application_id, ["R1"], "虚偽の申請", HEARD)


def revoked(desk: Desk) -> str:
    application_id = approved(desk)
    desk.do(decisions.confirm, desk.people.suzuki, application_id, revocation(desk, application_id))
    return application_id


def reopened(desk: Desk, application_id: str) -> Status:
    proposal_id = desk.do(decisions.propose_reopening, desk.people.sato, application_id, "審査請求の裁決による")
    return desk.do(decisions.confirm, desk.people.suzuki, application_id, proposal_id)


def turns(desk: Desk, application_id: str) -> list[tuple[int, int, str]]:
    with desk.database.read() as session:
        rows = session.scalars(select(Decision).where(Decision.application_id == application_id))
        assert doctor.run(session) == []
        return sorted((row.turn, row.round, row.outcome) for row in rows)


def test_a_revocation_says_why_how_to_appeal_and_how_the_holder_was_heard(desk: Desk) -> None:
    application_id = revoked(desk)
    with desk.database.read() as session:
        told = applications.view_own(session, desk.people.hanako, application_id)
        kinds = [job.payload["kind"] for job in session.scalars(select(Job).where(Job.kind == "notice.send"))]
    assert (told.status, told.decision.outcome, told.decision.text) == (Status.REVOKED, "revoke", "虚偽の申請")
    assert [reason["law"] for reason in told.decision.reasons] == ["試験条例第4条"]
    assert told.decision.appeal["ja"] == "3か月以内に審査請求ができます。"
    assert told.decision.hearing == {"how": "hearing", "on": "2026-04-28", "note": "聴聞調書第3号"}
    assert "revoked" in kinds
    assert turns(desk, application_id) == [(0, 1, "approve"), (1, 1, "revoke")]


def test_a_refused_case_taken_up_again_is_decided_once_more(desk: Desk) -> None:
    application_id = refused(desk)
    assert reopened(desk, application_id) is Status.IN_REVIEW
    with desk.database.read() as session:
        open_again = applications.view_own(session, desk.people.hanako, application_id)
    assert open_again.decision is None, "the refusal that does not hold any more must not be told"
    assert open_again.due_on == date(2026, 5, 20)
    proposal_id = desk.do(decisions.propose, desk.people.sato, application_id, "approve")
    assert desk.approve(application_id, proposal_id).status is Status.APPROVED
    assert turns(desk, application_id) == [(0, 1, "refuse"), (1, 1, "approve")]
    with pytest.raises(AlreadyDecided):
        desk.approve(application_id, proposal_id)


def test_what_was_revoked_can_be_granted_anew(desk: Desk) -> None:
    application_id = revoked(desk)
    reopened(desk, application_id)
    desk.approve(application_id, desk.do(decisions.propose, desk.people.sato, application_id, "approve"))
    assert turns(desk, application_id) == [(0, 1, "approve"), (1, 1, "revoke"), (2, 1, "approve")]


class TestWho:
    def test_never_one_person_alone(self, desk: Desk) -> None:
        application_id = approved(desk)
        proposal_id = revocation(desk, application_id)
        with pytest.raises(SamePerson):
            desk.do(decisions.confirm, BOTH, application_id, proposal_id)

    def test_nobody_else(self, desk: Desk) -> None:
        application_id = approved(desk)
        far = Actor("staff", "far", "", posts({"clerk", "approver"}, {"shuzei"}))
        for actor in (desk.people.hanako, desk.people.tanaka, far):
            with pytest.raises(NotFound):
                desk.do(decisions.propose_revocation, actor, application_id, ["R1"], "x", HEARD)
            with pytest.raises(NotFound):
                desk.do(decisions.propose_reopening, actor, application_id, "x")
        proposal_id = revocation(desk, application_id)
        for actor in (desk.people.hanako, desk.people.sato, far):
            with pytest.raises(NotFound):
                desk.do(decisions.confirm, actor, application_id, proposal_id)

    def test_another_change_than_the_one_on_the_screen_is_not_confirmed(self, desk: Desk) -> None:
        application_id = approved(desk)
        proposal_id = revocation(desk, application_id)
        with pytest.raises(AlreadyDecided):  # as who had the page of the approval open is told
            desk.do(decisions.confirm, desk.people.suzuki, application_id, "a" * 26)
        assert desk.do(decisions.confirm, desk.people.suzuki, application_id, proposal_id) == "revoked"

    def test_two_approvers_at_once_revoke_once(self, desk: Desk) -> None:
        application_id = approved(desk)
        proposal_id, together = revocation(desk, application_id), Barrier(2)
        two = [Actor("staff", key, key, posts({"approver"}, {"*"})) for key in ("suzuki", "kimura")]

        def confirm(actor: Actor) -> str:
            together.wait()
            try:
                desk.do(decisions.confirm, actor, application_id, proposal_id)
            except AlreadyDecided as decided:
                return decided.by
            return "done"

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(confirm, two))
        assert results.count("done") == 1
        assert turns(desk, application_id)[-1] == (1, 1, "revoke")


class TestWhen:
    @pytest.mark.parametrize(("made", "change"), [(refused, revocation), (approved, reopened), (revoked, revocation)])
    def test_only_what_the_table_says(
        self, desk: Desk, made: Callable[[Desk], str], change: Callable[[Desk, str], object]
    ) -> None:
        application_id = made(desk)
        with pytest.raises(TransitionRefused):
            change(desk, application_id)

    def test_what_the_applicant_withdrew_stays_withdrawn(self, desk: Desk) -> None:
        application_id = desk.claimed()
        desk.do(applications.withdraw, desk.people.hanako, application_id)
        with pytest.raises(TransitionRefused):
            reopened(desk, application_id)

    @pytest.mark.parametrize("begun", [True, False])
    def test_a_lapsed_case_only_if_its_examination_had_begun(self, desk: Desk, begun: bool) -> None:
        application_id = desk.submitted("proof") if begun else desk.submitted("permit")
        if begun:
            desk.do(cases.claim, desk.people.sato, application_id)
            desk.approve(application_id, desk.do(decisions.propose, desk.people.sato, application_id, "approve"))
        with desk.database.write() as session:
            lifecycle.apply(session, SYSTEM, desk.now, application_id, Event.LAPSE, who=Who.SYSTEM)
        if not begun:
            with pytest.raises(TransitionRefused):
                reopened(desk, application_id)
            return
        assert reopened(desk, application_id) is Status.IN_REVIEW
        assert turns(desk, application_id) == [(0, 1, "approve")]

    def test_a_proposal_at_a_time_and_it_can_be_dropped(self, desk: Desk) -> None:
        application_id = approved(desk)
        proposal_id = revocation(desk, application_id)
        with pytest.raises(Conflict) as waiting:
            revocation(desk, application_id)
        assert waiting.value.who == desk.people.sato.name
        with pytest.raises(NotFound):
            desk.do(decisions.drop, desk.people.hanako, application_id, proposal_id, "x")
        desk.do(decisions.drop, desk.people.suzuki, application_id, proposal_id, "証拠が足りない")
        with pytest.raises((AlreadyDecided, ProposalChanged)):
            desk.do(decisions.confirm, desk.people.suzuki, application_id, proposal_id)
        assert turns(desk, application_id) == [(0, 1, "approve")]
        revocation(desk, application_id)

    def test_a_reason_of_the_list_is_needed(self, desk: Desk) -> None:
        application_id = approved(desk)
        for codes in ([], ["X"]):
            with pytest.raises(NoLawfulReason):
                desk.do(decisions.propose_revocation, desk.people.sato, application_id, codes, "x", HEARD)

    def test_neither_kind_of_proposal_is_confirmed_as_the_other(self, desk: Desk) -> None:
        application_id = approved(desk)
        proposal_id = revocation(desk, application_id)
        with pytest.raises(ProposalChanged):
            desk.approve(application_id, proposal_id)
        first, ordinary = desk.proposed()
        with pytest.raises(ProposalChanged):
            desk.do(decisions.confirm, desk.people.suzuki, first, ordinary)


def test_the_place_of_a_limited_procedure_comes_and_goes_with_it(desk: Desk) -> None:
    application_id = desk.submitted("limited")

    def held() -> bool:
        with desk.database.read() as session:
            assert doctor.run(session) == []
            return session.get(Place, application_id) is not None

    desk.do(cases.claim, desk.people.sato, application_id)
    desk.approve(application_id, desk.do(decisions.propose, desk.people.sato, application_id, "refuse", ["R1"]))
    assert not held()
    reopened(desk, application_id)
    assert held()
    desk.approve(application_id, desk.do(decisions.propose, desk.people.sato, application_id, "approve"))
    desk.do(decisions.confirm, desk.people.suzuki, application_id, revocation(desk, application_id))
    assert not held()


def test_a_correction_after_reopening_counts_from_there(desk: Desk) -> None:
    """The period that had run before the decision does not make the case late at once."""
    application_id = refused(desk)
    later = desk.now + timedelta(days=200)
    proposal_id = desk.do(decisions.propose_reopening, desk.people.sato, application_id, "x", now=later)
    desk.do(decisions.confirm, desk.people.suzuki, application_id, proposal_id, now=later)
    for event, who, actor in (
        (Event.REQUEST_CORRECTION, Who.CLERK, desk.people.sato), (Event.RESUME, Who.SYSTEM, SYSTEM),
    ):  # fmt: skip
        with desk.database.write() as session:
            lifecycle.apply(session, actor, later + timedelta(days=7), application_id, event, who=who)
    with desk.database.read() as session:
        assert session.get_one(Application, application_id).due_on > (later + timedelta(days=7)).date()


def test_the_reason_for_taking_it_up_again_stays_with_the_office(desk: Desk) -> None:
    application_id = refused(desk)
    reopened(desk, application_id)
    with desk.database.read() as session:
        case = applications.view_own(session, desk.people.hanako, application_id)
        query = select(StatusHistory.event).where(StatusHistory.application_id == application_id)
        events = session.scalars(query.order_by(StatusHistory.id))
        assert list(events)[-1] == "reopen"
    assert "審査請求の裁決による" not in str(case.timeline)
