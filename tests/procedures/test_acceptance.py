"""Who comes in time and among the first is taken; who is not is told, and loses nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from engine.lifecycle import Event, Status, Who
from engine.rules.acceptance import Standing
from procedures import amending, applications, decisions, doctor, drafts, library, lifecycle
from procedures.actors import SYSTEM
from procedures.errors import NotAccepted, NotComplete
from procedures.models import Application, Draft, Intake, Place, PublishedProcedure, Submission
from procedures.submitting import acceptance
from tests.procedures.conftest import ANSWERS, SPECS, Desk

DAYS = timedelta(days=1)


def standing(desk: Desk, now: datetime | None = None) -> Standing:
    day = (now or desk.now).date()
    with desk.database.read() as session:
        return acceptance.look(session, library.in_force(session, "limited", day), day)


def submit_at(desk: Desk, now: datetime, application_id: str, revision: int = 2) -> Any:
    from procedures import submissions

    return desk.do(submissions.submit, desk.people.hanako, application_id, revision, "確認しました", now=now)


def refused(attempt: Callable[[], object]) -> Standing:
    with pytest.raises(NotAccepted) as error:
        attempt()
    return error.value.standing


def republish(desk: Desk, old: str, new: str) -> None:
    source = (SPECS / "limited.yaml").read_text()
    assert old in source
    changed = source.replace("version: 2026-04-01", "version: 2026-04-15").replace(old, new)
    desk.do(library.publish, desk.people.kimura, changed, "limited.yaml", "")


class TestPeriods:
    def test_nobody_begins_before_or_after(self, desk: Desk) -> None:
        for now, opens in ((datetime(2026, 3, 1, tzinfo=UTC), 2026), (datetime(2026, 7, 1, tzinfo=UTC), 2027)):
            told = refused(lambda at=now: desk.do(drafts.start, desk.people.hanako, desk.known["limited"], now=at))
            assert (told.state, str(told.opens)) == ("not_yet", f"{opens}-04-01")
        with desk.database.read() as session:
            assert session.scalar(select(func.count()).select_from(Application)) == 0

    def test_the_day_is_tokyos(self, desk: Desk) -> None:
        last_moment = datetime(2026, 6, 30, 14, 59, tzinfo=UTC)
        application_id = desk.draft("limited")
        assert refused(lambda: submit_at(desk, last_moment + timedelta(minutes=1), application_id)).state == "not_yet"
        assert submit_at(desk, last_moment, application_id).status is Status.RECEIVED

    def test_a_draft_that_comes_late_is_told_and_kept(self, desk: Desk) -> None:
        application_id = desk.draft("limited")
        told = refused(lambda: submit_at(desk, datetime(2026, 7, 2, tzinfo=UTC), application_id))
        assert (told.state, str(told.opens)) == ("not_yet", "2027-04-01")
        with desk.database.read() as session:
            draft = drafts.load(session, desk.people.hanako, application_id)
            assert (draft.status, draft.answers, draft.revision) == (Status.DRAFT, ANSWERS["limited"], 2)
            assert session.scalar(select(func.count()).select_from(Submission)) == 0
            assert session.scalar(select(func.count()).select_from(Place)) == 0

    def test_what_is_in_force_today_counts_not_what_the_draft_was_begun_with(self, desk: Desk) -> None:
        application_id = desk.draft("limited")
        republish(desk, "until: 06-30", "until: 04-30")
        assert refused(lambda: desk.submit(application_id)).state == "not_yet"


class TestSuspended:
    def test_by_the_author(self, desk: Desk) -> None:
        application_id = desk.draft("limited")
        notice = "suspended: {from: 2026-04-15, until: 2026-05-10, notice: {ja: 点検中です。, en: Maintenance.}}"
        republish(desk, "accepts:\n", f"accepts:\n  {notice}\n")
        told = refused(lambda: desk.submit(application_id))
        assert (told.state, told.notice.say("ja"), str(told.opens)) == ("suspended", "点検中です。", "2026-05-11")
        after = desk.now + 11 * DAYS
        assert desk.do(amending.move, desk.people.hanako, application_id, now=after)
        assert submit_at(desk, after, application_id, 3).status is Status.RECEIVED

    def test_by_an_operator(self, desk: Desk) -> None:
        application_id = desk.draft("limited")
        with desk.database.write() as session:
            session.execute(update(PublishedProcedure).values(suspended=True))
        assert standing(desk) == Standing("suspended")
        assert refused(lambda: desk.submit(application_id)).state == "suspended"
        with desk.database.write() as session:
            session.execute(update(PublishedProcedure).values(suspended=False))
        assert desk.submit(application_id).status is Status.RECEIVED


class TestPlaces:
    def test_they_are_counted_by_month(self, desk: Desk) -> None:
        assert standing(desk).left == 3
        for left in (2, 1, 0):
            desk.submitted("limited")
            assert standing(desk).left == left
        told = standing(desk)
        assert (told.state, told.notice.say("en"), str(told.opens)) == ("full", "This month is full.", "2026-06-01")
        assert standing(desk, desk.now + 31 * DAYS).left == 3

    def test_nobody_begins_while_it_is_full_and_who_was_on_the_way_is_told(self, desk: Desk) -> None:
        waiting = desk.draft("limited")
        for _ in range(3):
            desk.submitted("limited")
        assert refused(lambda: desk.draft("limited")).state == "full"
        assert refused(lambda: desk.submit(waiting)).state == "full"
        assert submit_at(desk, desk.now + 31 * DAYS, waiting).status is Status.RECEIVED

    def test_a_draft_takes_no_place_and_gives_none_back(self, desk: Desk) -> None:
        application_id = desk.draft("limited")
        desk.do(applications.withdraw, desk.people.hanako, application_id)
        assert standing(desk).left == 3

    def test_what_cannot_be_submitted_takes_no_place(self, desk: Desk) -> None:
        application_id = desk.draft("limited", name="x")
        with pytest.raises(NotComplete) as error:
            desk.submit(application_id)
        assert [failure.say("en") for failure in error.value.failures] == ["You cannot apply."]
        assert standing(desk).left == 3

    def test_withdrawn_and_refused_cases_give_their_place_back(self, desk: Desk) -> None:
        withdrawn, refused_case = desk.submitted("limited"), desk.submitted("limited")
        assert standing(desk).left == 1
        desk.do(applications.withdraw, desk.people.hanako, withdrawn)
        assert standing(desk).left == 2
        decide(desk, refused_case, "refuse")
        assert standing(desk).left == 3
        with desk.database.read() as session:
            assert doctor.run(session) == []

    def test_approved_cases_keep_it(self, desk: Desk) -> None:
        decide(desk, desk.submitted("limited"), "approve")
        assert standing(desk).left == 2

    def test_a_case_gives_back_the_place_of_its_own_month(self, desk: Desk) -> None:
        application_id = desk.submitted("limited")
        desk.do(applications.withdraw, desk.people.hanako, application_id, now=desk.now + 40 * DAYS)
        with desk.database.read() as session:
            assert dict(session.execute(select(Intake.id, Intake.taken)).all()) == {"limited: month 2026-05": 0}

    def test_a_new_version_counts_on(self, desk: Desk) -> None:
        desk.submitted("limited")
        republish(desk, "number: 3", "number: 2")
        assert standing(desk).left == 1


def decide(desk: Desk, application_id: str, outcome: str) -> None:
    from procedures import cases

    desk.do(cases.claim, desk.people.sato, application_id)
    codes = ("R1",) if outcome == "refuse" else ()
    proposal = desk.do(decisions.propose, desk.people.sato, application_id, outcome, codes, "理由")
    desk.do(decisions.approve, desk.people.suzuki, application_id, proposal)


class TestAtOnce:
    def test_of_twice_as_many_exactly_so_many_are_taken(self, desk: Desk) -> None:
        waiting = [desk.draft("limited") for _ in range(6)]
        together = Barrier(6)

        def submit(application_id: str) -> str:
            together.wait()
            try:
                return desk.submit(application_id).status
            except NotAccepted as refusal:
                return refusal.standing.state

        with ThreadPoolExecutor(6) as pool:
            results = sorted(pool.map(submit, waiting))
        assert results == ["full"] * 3 + ["received"] * 3
        with desk.database.read() as session:
            statuses = session.execute(select(Application.status)).scalars().all()
            assert sorted(statuses) == ["draft"] * 3 + ["received"] * 3
            assert session.scalar(select(func.count()).select_from(Draft).where(Draft.revision == 2)) == 3
            assert session.scalar(select(func.count()).select_from(Place)) == 3
            assert doctor.run(session) == []

    def test_places_given_back_meanwhile_are_never_lost_nor_given_twice(self, desk: Desk) -> None:
        held = [desk.submitted("limited") for _ in range(3)]
        waiting = [self.kept_draft(desk, n) for n in range(3)]
        together = Barrier(6)

        def leave(application_id: str) -> str:
            together.wait()
            return desk.do(applications.withdraw, desk.people.hanako, application_id)

        def come(application_id: str) -> str:
            together.wait()
            try:
                return desk.submit(application_id).status
            except NotAccepted as refusal:
                return refusal.standing.state

        with ThreadPoolExecutor(6) as pool:
            gone = [pool.submit(leave, one) for one in held]
            come_in = [pool.submit(come, one) for one in waiting]
            taken = sum(one.result() == "received" for one in come_in)
        assert [one.result() for one in gone] == ["withdrawn"] * 3
        assert standing(desk).left == 3 - taken
        with desk.database.read() as session:
            assert doctor.run(session) == []

    def kept_draft(self, desk: Desk, number: int) -> str:
        """One that was begun while there were places."""
        before = desk.now - 20 * DAYS
        application_id = desk.do(drafts.start, desk.people.hanako, desk.known["limited"], now=before)
        desk.do(drafts.save, desk.people.hanako, application_id, {"name": f"申請者{number}"}, 1)
        return application_id


def test_the_doctor_finds_what_does_not_add_up(desk: Desk) -> None:
    application_id = desk.submitted("limited")
    with desk.database.write() as session:
        session.execute(text("UPDATE intake SET taken = 2"))
        session.execute(text("UPDATE application SET status = 'withdrawn'"))
    with desk.database.read() as session:
        found = {(one.check, one.object_id) for one in doctor.run(session)}
    assert ("places_miscounted", "limited: month 2026-05") in found
    assert ("place_not_given_back", application_id) in found


def test_an_unpaid_case_that_lapses_gives_its_place_back(desk: Desk) -> None:
    application_id = desk.submitted("permit")
    with desk.database.write() as session:
        session.add(Intake(id="permit: in all", taken=1))
        session.flush()
        session.add(Place(application_id=application_id, intake_id="permit: in all", taken_at=desk.now))
    with desk.database.write() as session:
        lifecycle.apply(session, SYSTEM, desk.now, application_id, Event.LAPSE, who=Who.SYSTEM)
    with desk.database.read() as session:
        assert session.get_one(Intake, "permit: in all").taken == 0
        assert session.get(Place, application_id) is None
