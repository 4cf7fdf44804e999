"""A decision: proposed with lawful reasons, approved by somebody else, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from engine.lifecycle import Event, Status, TransitionRefused, Who
from procedures import applications, cases, decisions, doctor, lifecycle
from procedures.actors import SYSTEM, Actor, posts
from procedures.errors import AlreadyDecided, Conflict, NoLawfulReason, NotFound, ProposalChanged, SamePerson
from procedures.models import Decision, Job, Person
from tests.procedures.conftest import Desk


def kinds_of_notices(desk: Desk) -> list[str]:
    """By the alphabet: the clock stands, so nothing tells which came first."""
    with desk.database.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "notice.send"))
        return sorted(job.payload["kind"] for job in jobs)


class TestPropose:
    def test_only_who_has_the_case(self, desk: Desk) -> None:
        application_id = desk.claimed()
        with desk.database.write() as session:
            session.add(Person(id="other", issuer="i", subject="o", name="別", created_at=desk.now, seen_at=desk.now))
        other = Actor("staff", "other", "別", posts({"clerk"}, {"*"}))
        with pytest.raises(Conflict) as error:
            desk.do(decisions.propose, other, application_id, "approve")
        assert error.value.who == desk.people.sato.name
        for actor in (desk.people.hanako, desk.people.suzuki, desk.people.tanaka):
            with pytest.raises(NotFound):
                desk.do(decisions.propose, actor, application_id, "approve")

    @pytest.mark.parametrize(("codes", "unknown"), [((), ()), (("X9",), ("X9",)), (("R1", "X9"), ("X9",))])
    def test_a_refusal_needs_a_lawful_reason(
        self, desk: Desk, codes: tuple[str, ...], unknown: tuple[str, ...]
    ) -> None:
        application_id = desk.claimed()
        with pytest.raises(NoLawfulReason) as error:
            desk.do(decisions.propose, desk.people.sato, application_id, "refuse", codes)
        assert error.value.unknown == unknown
        with desk.database.read() as session:
            assert cases.view(session, desk.people.sato, application_id).status is Status.IN_REVIEW

    def test_not_before_it_is_claimed_nor_twice(self, desk: Desk) -> None:
        with pytest.raises(TransitionRefused):
            desk.do(decisions.propose, desk.people.sato, desk.received(), "approve")
        application_id, _ = desk.proposed()
        with pytest.raises(TransitionRefused):
            desk.do(decisions.propose, desk.people.sato, application_id, "approve")


class TestApprove:
    def test_approved_by_another(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed()
        decided = desk.approve(application_id, proposal_id)
        assert (decided.outcome, decided.status, decided.pay_by) == ("approve", Status.APPROVED, None)
        with desk.database.read() as session:
            job = session.scalars(select(Job).where(Job.kind == "certificate.issue")).one()
            assert (job.payload["application_id"], job.payload["kind"]) == (application_id, "permit")
            assert doctor.run(session) == []

    def test_never_by_the_proposer(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed()
        both = Actor("staff", "sato", "佐藤", posts({"clerk", "approver"}, {"*"}))
        for service, more in ((decisions.approve, ()), (decisions.send_back, ("もう一度",))):
            with pytest.raises(SamePerson):
                desk.do(service, both, application_id, proposal_id, *more)

    def test_not_by_clerks_residents_or_other_offices(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed()
        far = Actor("staff", "suzuki", "", posts({"approver"}, {"shuzei-shomei"}))
        for actor in (desk.people.sato, desk.people.hanako, desk.people.tanaka, far):
            with pytest.raises(NotFound):
                desk.do(decisions.approve, actor, application_id, proposal_id)

    def test_the_issue_fee_is_asked_for_when_it_is_approved(self, desk: Desk) -> None:
        application_id = desk.submitted("proof")
        desk.do(cases.claim, desk.people.sato, application_id)
        proposal_id = desk.do(decisions.propose, desk.people.sato, application_id, "approve")
        decided = desk.approve(application_id, proposal_id)
        assert decided.status is Status.AWAITING_ISSUE_FEE
        assert decided.quote.total == 1500
        assert decided.pay_by == date(2026, 5, 8)
        assert kinds_of_notices(desk) == ["issue_fee_due", "received"]
        with desk.database.write() as session:
            paid = lifecycle.apply(session, SYSTEM, desk.now, application_id, Event.PAY, who=Who.SYSTEM)
            assert paid is Status.APPROVED

    def test_nothing_to_pay_nothing_awaited(self, desk: Desk) -> None:
        application_id = desk.submitted("proof", copies=0)
        desk.do(cases.claim, desk.people.sato, application_id)
        proposal_id = desk.do(decisions.propose, desk.people.sato, application_id, "approve")
        assert desk.approve(application_id, proposal_id).status is Status.APPROVED


class TestRefuse:
    def test_the_applicant_is_told_why_and_how_to_appeal(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed("refuse", ("R2", "R1"))
        decided = desk.approve(application_id, proposal_id)
        assert (decided.outcome, decided.status) == ("refuse", Status.REFUSED)
        with desk.database.read() as session:
            told = applications.view_own(session, desk.people.hanako, application_id).decision
            assert doctor.run(session) == []
        assert [(reason["code"], reason["law"]) for reason in told.reasons] == [
            ("R2", "試験条例第5条"), ("R1", "試験条例第4条"),
        ]  # fmt: skip
        assert told.reasons[0]["title"] == {"ja": "書類がない", "en": "A paper is missing"}
        assert told.appeal["ja"] == "3か月以内に審査請求ができます。"
        assert told.text == "理由の説明"
        assert kinds_of_notices(desk) == ["received", "refused"]

    def test_a_refused_issue_costs_nothing(self, desk: Desk) -> None:
        application_id = desk.submitted("proof")
        desk.do(cases.claim, desk.people.sato, application_id)
        proposal_id = desk.do(decisions.propose, desk.people.sato, application_id, "refuse", ["R1"])
        assert desk.approve(application_id, proposal_id).pay_by is None

    def test_an_approval_carries_no_reasons(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed("approve", ("R1",))
        desk.approve(application_id, proposal_id)
        with desk.database.read() as session:
            told = applications.view_own(session, desk.people.hanako, application_id).decision
        assert (told.reasons, told.appeal) == ((), None)


class TestSendBack:
    def test_the_clerk_reads_why_and_proposes_anew(self, desk: Desk) -> None:
        application_id, first = desk.proposed()
        assert desk.do(decisions.send_back, desk.people.suzuki, application_id, first, "住所を確認") is Status.IN_REVIEW
        with desk.database.read() as session:
            case = cases.view(session, desk.people.sato, application_id)
        assert case.proposals[0].state == "sent_back"
        assert case.proposals[0].closing_note == "住所を確認"
        assert case.timeline[-1].note == "住所を確認"
        second = desk.do(decisions.propose, desk.people.sato, application_id, "refuse", ["R1"])
        assert desk.approve(application_id, second).status is Status.REFUSED

    def test_the_applicant_does_not_read_the_note(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed()
        desk.do(decisions.send_back, desk.people.suzuki, application_id, proposal_id, "内部の指示")
        with desk.database.read() as session:
            case = applications.view_own(session, desk.people.hanako, application_id)
        assert "内部の指示" not in str(case.timeline)

    def test_a_proposal_that_changed_meanwhile_is_not_approved(self, desk: Desk) -> None:
        application_id, seen = desk.proposed()
        desk.do(decisions.send_back, desk.people.suzuki, application_id, seen, "もう一度")
        with pytest.raises(ProposalChanged):
            desk.approve(application_id, seen)
        desk.do(decisions.propose, desk.people.sato, application_id, "refuse", ["R1"])
        with pytest.raises(ProposalChanged):
            desk.approve(application_id, seen)


class TestOnce:
    def test_the_second_approver_learns_who_was_first(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed()
        desk.approve(application_id, proposal_id)
        for service, more in ((decisions.approve, ()), (decisions.send_back, ("x",))):
            with pytest.raises(AlreadyDecided) as error:
                desk.do(service, desk.people.suzuki, application_id, proposal_id, *more)
            assert (error.value.by, error.value.at) == (desk.people.suzuki.name, desk.now)
        with pytest.raises(AlreadyDecided):
            desk.do(decisions.propose, desk.people.sato, application_id, "approve")

    def test_two_at_once_one_decision_and_no_second_letter(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed("refuse", ("R1",))
        others = [Actor("staff", name, name, posts({"approver"}, {"*"})) for name in ("suzuki", "kimura")]
        together = Barrier(4)

        def approve(actor: Actor) -> str:
            together.wait()
            try:
                desk.do(decisions.approve, actor, application_id, proposal_id)
            except AlreadyDecided as decided:
                return f"by {decided.by}"
            return "decided"

        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(approve, others * 2))
        assert results.count("decided") == 1
        assert len({result for result in results if result != "decided"}) == 1
        with desk.database.read() as session:
            assert session.scalar(select(func.count()).select_from(Decision)) == 1
            assert doctor.run(session) == []
        assert kinds_of_notices(desk).count("refused") == 1

    def test_a_withdrawal_beside_an_approval_one_of_them_counts(self, desk: Desk) -> None:
        application_id, proposal_id = desk.proposed()
        desk.do(decisions.send_back, desk.people.suzuki, application_id, proposal_id, "x")
        desk.do(applications.withdraw, desk.people.hanako, application_id)
        with pytest.raises((ProposalChanged, AlreadyDecided)):
            desk.approve(application_id, proposal_id)

    def test_a_decision_is_never_changed(self, desk: Desk) -> None:
        desk.approve(*desk.proposed())
        with pytest.raises(DBAPIError, match="append-only"), desk.database.write() as session:
            session.execute(text("UPDATE decision SET outcome = 'refuse'"))
