"""Any order of what people and time do to a case that is corrected: always legal, never a day or an answer lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from engine.calendar import add_business_days, business_days_between
from engine.correcting import asked, covered, value_at
from engine.journey import walk
from engine.lifecycle import Status
from procedures import applications, decisions, doctor
from procedures.corrections import overdue, requesting, resubmitting, working
from procedures.corrections.kept import Mark
from procedures.corrections.requesting import default_day
from procedures.days import tokyo_day
from procedures.errors import NoCorrection, NotComplete, NotFound, NothingCorrected, TransitionRefused
from procedures.models import CorrectionRequest
from procedures.reading import casefile
from tests.procedures.corrections.conftest import CorrectionDesk

TOLD = (NoCorrection, NotComplete, NotFound, NothingCorrected, TransitionRefused)
PLACES = [("name",), ("copies",), ("paper",)]
ANSWERS = st.one_of(st.integers(0, 9), st.sampled_from(["花子", "", "髙橋 𠮷子", [], None]))
STANDARD = 10


class Corrections(RuleBasedStateMachine):
    """One case of a permit. `used` counts the office's business days; `round`, `status` are what must be."""

    desk: CorrectionDesk

    def __init__(self) -> None:
        super().__init__()
        self.now = self.desk.now
        self.case = self.desk.claimed()
        self.status, self.round, self.used = Status.IN_REVIEW, 1, 0
        self.marks: list[tuple[str, ...]] = []

    @contextmanager
    def told(self, *, possible: bool) -> Iterator[None]:
        """What may not be is refused."""
        try:
            yield
        except TOLD:
            assert not possible
        else:
            assert possible

    def do(self, service: Callable[..., Any], name: str, *arguments: Any) -> Any:
        return self.desk.do(service, getattr(self.desk.people, name), self.case, *arguments, now=self.now)

    @rule(days=st.integers(0, 12))
    def pass_time(self, days: int) -> None:
        before = tokyo_day(self.now)
        self.now += timedelta(days=days)
        if self.status in {Status.IN_REVIEW, Status.DECISION_PROPOSED}:
            self.used += business_days_between(before, tokyo_day(self.now))

    @rule(marks=st.lists(st.sampled_from(PLACES), unique=True, max_size=2), words=st.sampled_from(["", "確認を"]))
    def ask(self, marks: list[tuple[str, ...]], words: str) -> None:
        due_on = default_day(self.desk.known["permit"], tokyo_day(self.now))
        possible = self.status is Status.IN_REVIEW
        if possible and not marks and not words:
            return
        with self.told(possible=possible):
            self.do(requesting.request, "sato", [Mark(place, "なぜ") for place in marks], words, due_on)
            self.status, self.marks = Status.CORRECTION_REQUESTED, marks

    @precondition(lambda self: self.status is Status.CORRECTION_REQUESTED)
    @rule(place=st.sampled_from(PLACES), answer=ANSWERS)
    def change(self, place: tuple[str, ...], answer: Any) -> None:
        work = self.desk.work(self.case)
        with self.told(possible=work.corrected.may_change(place)):
            self.do(working.save, "hanako", place, answer, work.revision)

    @rule(note=st.sampled_from(["", "直しました"]))
    def send(self, note: str) -> None:
        before = self.answers()
        if self.status is not Status.CORRECTION_REQUESTED:
            with self.told(possible=False):
                self.do(resubmitting.resubmit, "hanako", 1, "seen", note)
            return
        work = self.desk.work(self.case)
        changed = work.corrected.answers != work.before.answers
        named = bool(value_at(work.corrected.answers, ("paper",)) or []) if ("paper",) in work.changes else False
        with self.told(possible=not work.corrected.failures and not named and (changed or bool(note))):
            self.do(resubmitting.resubmit, "hanako", work.revision, "seen", note)
            self.status, self.round = Status.IN_REVIEW, self.round + 1
            after = self.answers()
            journey = walk(work.procedure, after, work.day)
            for place, _ in asked(journey):
                assert covered(place, work.corrected.roots) or value_at(after, place) == value_at(before, place)

    @rule(take_back=st.booleans())
    def go_on(self, *, take_back: bool) -> None:
        if take_back:
            with self.told(possible=self.status is Status.CORRECTION_REQUESTED):
                self.do(requesting.take_back, "sato")
                self.status = Status.IN_REVIEW
            return
        over = self.over()
        with self.desk.database.write() as session:
            overdue.remind(session, self.now)
            assert (self.case in overdue.expire(session, self.now)) is over  # earlier cases lie about
        if over:
            self.status = Status.IN_REVIEW

    @rule()
    def decide(self) -> None:
        if self.status is Status.IN_REVIEW:
            self.proposal = self.do(decisions.propose, "sato", "approve")
            self.status = Status.DECISION_PROPOSED
        elif self.status is Status.DECISION_PROPOSED:
            self.do(decisions.send_back, "suzuki", self.proposal, "もう一度")
            self.status = Status.IN_REVIEW

    @precondition(lambda self: self.round > 1)
    @rule()
    def withdraw(self) -> None:
        possible = self.status in {Status.IN_REVIEW, Status.CORRECTION_REQUESTED}
        with self.told(possible=possible):
            self.do(applications.withdraw, "hanako")
            self.status = Status.WITHDRAWN

    def teardown(self) -> None:
        """The data check finds nothing at the end."""
        with self.desk.database.read() as session:
            assert doctor.run(session) == []

    def over(self) -> bool:
        if self.status is not Status.CORRECTION_REQUESTED:
            return False
        return self.desk.work(self.case).due_on < tokyo_day(self.now)

    def answers(self) -> dict[str, Any]:
        with self.desk.database.read() as session:
            return casefile.submission(session, self.case).answers

    @invariant()
    def is_sound(self) -> None:
        seen = self.desk.see(self.case)
        assert (seen.status, seen.round, seen.claimed_by_id) == (self.status, self.round, "sato")
        with self.desk.database.read() as session:
            states = session.scalars(
                select(CorrectionRequest.state).where(CorrectionRequest.application_id == self.case)
            ).all()
        assert (states.count("open") == 1) is (self.status is Status.CORRECTION_REQUESTED)
        if self.status in {Status.IN_REVIEW, Status.DECISION_PROPOSED}:
            assert seen.due_on == self.due()

    def due(self) -> Any:
        """As many business days are left as the office has not used; behind its day where it used too many."""
        left, today = STANDARD - self.used, tokyo_day(self.now)
        due = self.desk.see(self.case).due_on
        assert due is not None
        assert business_days_between(today, due) == left
        return add_business_days(today, left) if left > 0 else due


def test_any_order_of_things(desk: CorrectionDesk) -> None:
    machine = type("Bound", (Corrections,), {"desk": desk})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )


def test_the_machine_would_notice_a_lost_day(desk: CorrectionDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that cannot fail is none."""
    monkeypatch.setattr("procedures.standard_period.pauses", lambda _changes: iter(()))
    machine = type("Bound", (Corrections,), {"desk": desk})()
    machine.ask(marks=[("name",)], words="")
    machine.pass_time(days=7)
    machine.go_on(take_back=True)
    with pytest.raises(AssertionError):
        machine.is_sound()
