"""Whatever residents, staff and the clock do in whatever order, a case stays lawful and whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from engine.lifecycle import FINAL, TRANSITIONS, Event, Status, TransitionRefused, Who
from procedures import applications, cases, decisions, doctor, drafts, lifecycle
from procedures.actors import SYSTEM, Actor, posts
from procedures.errors import AlreadyDecided, AlreadySubmitted, Conflict, NotFound, ProposalChanged, StaleDraft
from procedures.models import Application, AuditEvent, Decision, Draft, Job, Person, Proposal, StatusHistory, Submission
from tests.procedures.conftest import ANSWERS, Desk

LAWFUL = {(row.source, row.target) for row in TRANSITIONS}
OURS = (
    AlreadyDecided, AlreadySubmitted, Conflict, NotFound, ProposalChanged, StaleDraft, TransitionRefused,
)  # fmt: skip


class Life:
    """One case and what can be tried on it, by people who know nothing of each other."""

    def __init__(self, desk: Desk, procedure: str) -> None:
        self.desk, self.procedure = desk, procedure
        self.id = desk.draft(procedure)
        self.seen = [self.status()]

    def status(self) -> Status:
        with self.desk.database.read() as session:
            return Status(session.get_one(Application, self.id).status)

    def proposal(self) -> str:
        """The newest proposal, also a closed one: somebody's stale screen."""
        with self.desk.database.read() as session:
            newest = select(Proposal.id).where(Proposal.application_id == self.id).order_by(Proposal.proposed_at.desc())
            return session.scalars(newest).first() or "none"

    def attempt(self, name: str) -> None:
        """Do it or be refused in one of our own ways; note where the case stands."""
        try:
            getattr(self, name)()
        except OURS:
            assert self.status() is self.seen[-1], f"{name} was refused and yet changed the case"
        status = self.status()
        if status is not self.seen[-1]:
            self.seen.append(status)

    def save(self) -> None:
        with self.desk.database.read() as session:
            revision = drafts.load(session, self.desk.people.hanako, self.id).revision
        self.desk.do(drafts.save, self.desk.people.hanako, self.id, ANSWERS[self.procedure], revision)

    def save_stale(self) -> None:
        self.desk.do(drafts.save, self.desk.people.hanako, self.id, {}, 1)

    def submit(self) -> None:
        with self.desk.database.read() as session:
            revision = drafts.load(session, self.desk.people.hanako, self.id).revision
        self.desk.submit(self.id, revision=revision)

    def pay(self) -> None:
        with self.desk.database.write() as session:
            lifecycle.apply(session, SYSTEM, self.desk.now, self.id, Event.PAY, who=Who.SYSTEM)

    def lapse(self) -> None:
        with self.desk.database.write() as session:
            lifecycle.apply(session, SYSTEM, self.desk.now, self.id, Event.LAPSE, who=Who.SYSTEM)

    def withdraw(self) -> None:
        self.desk.do(applications.withdraw, self.desk.people.hanako, self.id)

    def claim(self) -> None:
        self.desk.do(cases.claim, self.desk.people.sato, self.id)

    def propose(self) -> None:
        self.desk.do(decisions.propose, self.desk.people.sato, self.id, "approve")

    def propose_refusal(self) -> None:
        self.desk.do(decisions.propose, self.desk.people.sato, self.id, "refuse", ("R1",))

    def approve(self) -> None:
        self.desk.do(decisions.approve, self.desk.people.suzuki, self.id, self.proposal())

    def send_back(self) -> None:
        self.desk.do(decisions.send_back, self.desk.people.suzuki, self.id, self.proposal(), "もう一度")

    def strangers(self) -> None:
        """Taro tries everything and finds nothing."""
        taro = self.desk.people.taro
        tries: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
            (drafts.save, (self.id, {}, 2)), (applications.withdraw, (self.id,)), (cases.claim, (self.id,)),
            (decisions.propose, (self.id, "approve")), (decisions.approve, (self.id, self.proposal())),
        ]  # fmt: skip
        for service, arguments in tries:
            with pytest.raises(NotFound):
                self.desk.do(service, taro, *arguments)


MOVES = [
    "save", "save_stale", "submit", "pay", "lapse", "withdraw", "claim", "propose", "propose_refusal", "approve",
    "send_back", "strangers",
]  # fmt: skip
USUAL = ["save", "submit", "pay", "claim", "propose", "approve", "pay"]


@given(
    procedure=st.sampled_from(["permit", "proof", "notice"]),
    moves=st.lists(st.sampled_from(MOVES), max_size=12) | st.permutations(USUAL) | st.just(USUAL),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_every_order_of_events_leaves_a_lawful_case(desk: Desk, procedure: str, moves: list[str]) -> None:
    life = Life(desk, procedure)
    for move in moves:
        life.attempt(move)
    assert all(step in LAWFUL for step in zip(life.seen, life.seen[1:], strict=False))
    with desk.database.read() as session:
        history = session.scalars(
            select(StatusHistory.target).where(StatusHistory.application_id == life.id).order_by(StatusHistory.id)
        ).all()
        assert history == [status.value for status in life.seen[1:]]
        audited = select(func.count()).select_from(AuditEvent).where(AuditEvent.object_id == life.id)
        assert session.scalar(audited) == len(history)
        submitted = select(func.count()).select_from(Submission).where(Submission.application_id == life.id)
        assert session.scalar(submitted) == session.get_one(Application, life.id).round <= 1
        decided = select(func.count()).select_from(Decision).where(Decision.application_id == life.id)
        assert session.scalar(decided) <= 1
        assert (session.get(Draft, life.id) is None) == (life.seen[-1] in FINAL)


def test_the_usual_way_of_each_procedure(desk: Desk) -> None:
    ways = {
        "permit": ["awaiting_fee", "received", "in_review", "decision_proposed", "approved"],
        "proof": ["received", "in_review", "decision_proposed", "awaiting_issue_fee", "approved"],
        "notice": ["approved"],
    }
    for procedure, way in ways.items():
        life = Life(desk, procedure)
        for move in USUAL:
            life.attempt(move)
        assert life.seen[1:] == way
    with desk.database.read() as session:
        assert doctor.run(session) == []


def test_clerks_and_approvers_race_over_many_cases(desk: Desk) -> None:
    """Exactly one decision a case; everybody else is told who was first, in one of our own words."""
    cases_there = [desk.received() for _ in range(8)]
    clerks = [_staff(desk, f"係員{number}", "clerk") for number in range(3)]
    approvers = [_staff(desk, f"課長{number}", "approver") for number in range(2)]

    others: set[str] = set()

    def examine(clerk: Actor) -> int:
        mine = 0
        for application_id in cases_there:
            try:
                desk.do(cases.claim, clerk, application_id)
                desk.do(decisions.propose, clerk, application_id, "approve")
            except (Conflict, TransitionRefused):
                continue
            mine += 1
        return mine

    def decide(approver: Actor) -> int:
        mine = 0
        for application_id in cases_there:
            with desk.database.read() as session:
                proposal_id = cases.view(session, approver, application_id).proposals[-1].id
            try:
                desk.do(decisions.approve, approver, application_id, proposal_id)
            except AlreadyDecided as decided:
                others.add(decided.by)
                continue
            mine += 1
        return mine

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(examine, clerks)) == len(cases_there)
        assert sum(pool.map(decide, approvers * 2)) == len(cases_there)
    assert others <= {approver.name for approver in approvers}
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == len(cases_there)
        issues = select(func.count()).select_from(Job).where(Job.kind == "certificate.issue")
        assert session.scalar(issues) == len(cases_there)
        assert doctor.run(session) == []


def test_a_lapse_beside_a_save_loses_nothing_acknowledged(desk: Desk) -> None:
    """Either the save came first and the draft lives on, or the draft lapsed and the save was refused."""
    end = desk.now + timedelta(days=30)
    for _ in range(5):
        application_id = desk.draft()

        def save(case: str = application_id) -> bool:
            try:
                desk.do(drafts.save, desk.people.hanako, case, ANSWERS["permit"], 2, now=end)
            except (AlreadySubmitted, StaleDraft):
                return False
            return True

        def lapse() -> int:
            with desk.database.write() as session:
                return drafts.lapse_expired(session, end)

        with ThreadPoolExecutor(2) as pool:
            saved, _lapsed = pool.submit(save), pool.submit(lapse)
        with desk.database.read() as session:
            draft = drafts.load(session, desk.people.hanako, application_id)
        assert saved.result() == (draft.status is Status.DRAFT)


def _staff(desk: Desk, name: str, role: str) -> Actor:
    with desk.database.write() as session:
        session.add(Person(id=name, issuer="i", subject=name, name=name, created_at=desk.now, seen_at=desk.now))
    return Actor("staff", name, name, posts({role}, {"hokenjo"}))
