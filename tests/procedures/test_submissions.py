"""Submitting checks everything again, prices it, freezes it, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from threading import Barrier

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from engine.lifecycle import Status
from procedures import applications, attachments, doctor, drafts, submissions
from procedures.actors import Actor, Proof
from procedures.blobs.disk import DiskBlobs
from procedures.errors import AlreadySubmitted, AssuranceTooLow, NotComplete, NotFound, SignInRequired, StaleDraft
from procedures.models import Application, AuditEvent, Draft, Job, Person, StatusHistory, Submission, to_json
from procedures.submitting.freezing import content_hash
from tests.procedures.conftest import ANSWERS, Desk
from tests.procedures.test_uploads import PDF


def frozen(desk: Desk) -> Submission:
    with desk.database.read() as session:
        return session.execute(select(Submission)).scalar_one()


class TestPaths:
    """Where a case goes when it is submitted."""

    def test_a_fee_is_awaited(self, desk: Desk) -> None:
        sent = desk.submit(desk.draft("permit"))
        assert sent.status is Status.AWAITING_FEE
        assert sent.quote.total == 1000
        assert sent.pay_by == date(2026, 5, 8)

    def test_a_fee_after_approval_is_quoted_but_not_yet_due(self, desk: Desk) -> None:
        sent = desk.submit(desk.draft("proof"))
        assert sent.status is Status.RECEIVED
        assert sent.quote.total == 1500
        assert sent.pay_by is None

    def test_nothing_to_pay_is_received_at_once(self, desk: Desk) -> None:
        sent = desk.submit(desk.draft("permit", copies=0))
        assert sent.status is Status.RECEIVED
        assert sent.pay_by is None

    def test_nobody_reviews_it_is_confirmed_at_once(self, desk: Desk) -> None:
        sent = desk.submit(desk.draft("notice"))
        assert (sent.status, sent.quote, sent.pay_by) == (Status.APPROVED, None, None)

    def test_the_standard_period_begins_when_it_is_received(self, desk: Desk) -> None:
        application_id = desk.received()
        with desk.database.read() as session:
            case = session.get_one(Application, application_id)
        assert case.due_on == date(2026, 5, 20)  # ten business days after 1 May, over Golden Week
        assert case.office == "hokenjo"

    def test_an_unpaid_case_has_no_due_day_yet(self, desk: Desk) -> None:
        application_id = desk.submitted("permit")
        with desk.database.read() as session:
            assert session.get_one(Application, application_id).due_on is None

    def test_a_visitor_can_submit_where_that_is_allowed(self, desk: Desk) -> None:
        visitor = Actor("visitor", "k" * 20)
        application_id = desk.draft("notice", visitor)
        assert desk.submit(application_id, visitor).status is Status.APPROVED


class TestFrozen:
    """What a submission holds, for ever."""

    def test_version_answers_price_and_what_was_seen(self, desk: Desk) -> None:
        desk.submitted("permit")
        row = frozen(desk)
        assert row.digest == desk.known["permit"].digest
        assert (row.seen, row.round, row.language) == ("確認しました", 1, "ja")
        assert row.quote["total"] == 1000
        assert row.quote["lines"][0]["account"] == "1201-03"
        assert row.submitted_at == desk.now

    def test_answers_off_the_path_are_not_submitted(self, desk: Desk) -> None:
        application_id = desk.submitted("notice", more=False, detail="changed my mind")
        with desk.database.read() as session:
            case = applications.view_own(session, desk.people.hanako, application_id)
        assert case.answers == {"name": "山田 花子", "more": False}

    @pytest.mark.parametrize("table", ["submission", "status_history", "audit_event"])
    @pytest.mark.parametrize("change", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
    def test_the_database_refuses_every_change(self, desk: Desk, table: str, change: str) -> None:
        desk.submitted("permit")
        column = {"submission": "answers", "status_history": "note", "audit_event": "note"}[table]
        with pytest.raises(DBAPIError, match="append-only"), desk.database.write() as session:
            session.execute(text(change.format(table, column)))

    def test_history_and_audit_say_what_happened_without_values(self, desk: Desk) -> None:
        application_id = desk.submitted("permit")
        with desk.database.read() as session:
            change = session.execute(select(StatusHistory)).scalar_one()
            assert (change.source, change.event, change.target) == ("draft", "submit", "awaiting_fee")
            assert change.actor == "person:hanako"
            notes = session.scalars(select(AuditEvent.note).where(AuditEvent.object_id == application_id)).all()
            assert notes == ["draft > awaiting_fee"]
            assert doctor.run(session) == []

    def test_the_draft_of_an_ended_case_is_erased(self, desk: Desk) -> None:
        desk.submitted("notice")
        with desk.database.read() as session:
            assert session.scalar(select(func.count()).select_from(Draft)) == 0


class TestRefused:
    def test_wrong_and_missing_answers_are_all_named(self, desk: Desk) -> None:
        application_id = desk.draft("permit", copies=10, name=None)
        with pytest.raises(NotComplete) as error:
            desk.submit(application_id)
        assert {failure.path[0] for failure in error.value.failures} == {"name", "copies"}
        assert all(failure.say(language) for failure in error.value.failures for language in ("ja", "en", "easy"))
        with desk.database.read() as session:
            assert session.get_one(Application, application_id).status == Status.DRAFT
            assert session.scalar(select(func.count()).select_from(Submission)) == 0

    def test_a_stale_revision(self, desk: Desk) -> None:
        application_id = desk.draft()
        with pytest.raises(StaleDraft) as error:
            desk.submit(application_id, revision=1)
        assert error.value.current == 2

    def test_anothers_case_and_a_missing_one_look_the_same(self, desk: Desk) -> None:
        application_id = desk.draft()
        for wanted in (application_id, "a" * 26):
            with pytest.raises(NotFound):
                desk.submit(wanted, desk.people.taro)

    def test_who_must_sign_in_surer(self, desk: Desk) -> None:
        application_id = desk.draft("proof")
        with desk.database.write() as session:
            session.execute(update(Person).where(Person.id == "hanako").values(assurance="basic"))
        with pytest.raises(AssuranceTooLow) as error:
            desk.submit(application_id)
        assert error.value.needed == "substantial"

    def test_the_level_of_this_sign_in_counts_not_of_another(self, desk: Desk, now: datetime) -> None:
        """A person who once signed in surely, and now by a weaker means, is known as surely as now."""
        application_id = desk.draft("proof")
        weak = replace(desk.people.hanako, proof=Proof("mail", "https://issuer.test", "basic", now))
        with pytest.raises(AssuranceTooLow):
            desk.submit(application_id, weak)

    def test_who_submitted_and_by_which_sign_in_is_frozen(self, desk: Desk, now: datetime) -> None:
        proof = Proof("jpki", "https://issuer.test", "high", now)
        desk.submit(desk.draft("proof"), replace(desk.people.hanako, proof=proof))
        assert frozen(desk).applicant == {
            "person": "hanako",
            "name": "山田 花子",
            "means": "jpki",
            "issuer": "https://issuer.test",
            "level": "high",
            "at": "2026-05-01T01:00:00+00:00",
        }
        with desk.database.read() as session:
            assert doctor.run(session) == []

    def test_a_submission_of_before_this_was_written_down_keeps_its_hash(self, desk: Desk) -> None:
        row = {"answers": "{}", "submitted_at": datetime(2026, 5, 1, tzinfo=UTC)}
        before = sha256(to_json({**row, "submitted_at": "2026-05-01T00:00:00+00:00"}).encode()).hexdigest()
        assert content_hash({**row, "applicant": None, "content_hash": "x"}) == before
        assert content_hash({**row, "applicant": {"person": "hanako"}}) != before

    def test_a_visitor_must_sign_in_where_that_is_asked(self, desk: Desk) -> None:
        application_id = desk.draft("permit")
        visitor = Actor("visitor", "k" * 20)
        with desk.database.write() as session:
            session.execute(update(Application).values(owner=visitor.owner_key))
        with pytest.raises(SignInRequired):
            desk.submit(application_id, visitor)


class TestFiles:
    def put(self, desk: Desk, blobs: DiskBlobs, application_id: str, field_id: str = "paper") -> str:
        prepared = attachments.prepare(blobs, "書類.pdf", PDF)
        return desk.do(attachments.add, desk.people.hanako, application_id, field_id, prepared)

    def test_files_are_frozen_by_hash(self, desk: Desk, blobs: DiskBlobs) -> None:
        application_id = desk.draft()
        attachment_id = self.put(desk, blobs, application_id)
        desk.do(drafts.save, desk.people.hanako, application_id, {**ANSWERS["permit"], "paper": [attachment_id]}, 2)
        desk.submit(application_id, revision=3)
        (file,) = frozen(desk).attachments
        assert (file["id"], file["name"], file["media_type"]) == (attachment_id, "書類.pdf", "application/pdf")
        with desk.database.read() as session:
            assert doctor.run(session, blobs) == []

    def test_a_file_of_another_case_or_question_is_not_accepted(self, desk: Desk, blobs: DiskBlobs) -> None:
        application_id = desk.draft()
        elsewhere = self.put(desk, blobs, desk.draft())
        misplaced = self.put(desk, blobs, application_id, "name")
        for revision, wrong in enumerate((elsewhere, misplaced, "missing"), start=2):
            answers = {**ANSWERS["permit"], "paper": [wrong]}
            desk.do(drafts.save, desk.people.hanako, application_id, answers, revision)
            with pytest.raises(NotComplete) as error:
                desk.submit(application_id, revision=revision + 1)
            assert error.value.failures[0].path[0] == "paper"
            assert "もう一度" in error.value.failures[0].say("ja")


class TestOnce:
    def test_a_double_click_makes_one_case(self, desk: Desk) -> None:
        application_id = desk.draft()
        first = desk.submit(application_id)
        with pytest.raises(AlreadySubmitted) as error:
            desk.submit(application_id)
        assert (error.value.status, error.value.reference) == (Status.AWAITING_FEE, first.reference)

    def test_two_at_once_make_one_case(self, desk: Desk) -> None:
        application_id = desk.draft()
        together = Barrier(4)

        def submit(_: int) -> str:
            together.wait()
            try:
                return desk.submit(application_id).reference
            except AlreadySubmitted as already:
                return f"already {already.reference}"

        with ThreadPoolExecutor(4) as pool:
            results = sorted(pool.map(submit, range(4)))
        assert results == [results[0], *[f"already {results[0]}"] * 3]
        with desk.database.read() as session:
            assert session.scalar(select(func.count()).select_from(Submission)) == 1
            assert session.scalar(select(func.count()).select_from(Job)) == 1
            assert doctor.run(session) == []

    def test_a_save_beside_a_submit_is_either_in_it_or_refused(self, desk: Desk) -> None:
        for turn in range(6):
            application_id = desk.draft()
            together = Barrier(2)

            def save(case: str = application_id, gate: Barrier = together) -> bool:
                gate.wait()
                try:
                    desk.do(drafts.save, desk.people.hanako, case, {**ANSWERS["permit"], "name": "later"}, 2)
                except (AlreadySubmitted, StaleDraft):
                    return False
                return True

            def submit(case: str = application_id, gate: Barrier = together) -> bool:
                gate.wait()
                try:
                    desk.submit(case)
                except StaleDraft:
                    return False
                return True

            with ThreadPoolExecutor(2) as pool:
                saved, sent = pool.submit(save), pool.submit(submit)
            assert saved.result() != sent.result(), f"turn {turn}: an acknowledged answer was lost"


class TestNotices:
    def test_the_fee_is_announced_with_amount_and_day(self, desk: Desk) -> None:
        application_id = desk.submitted("permit")
        with desk.database.read() as session:
            job = session.execute(select(Job)).scalar_one()
        assert job.kind == "notice.send"
        assert job.payload == {
            "kind": "fee_due", "application_id": application_id, "facts": {"yen": 1000, "pay_by": "2026-05-08"},
        }  # fmt: skip

    @pytest.mark.parametrize(("name", "kind"), [("proof", "received"), ("notice", "completed")])
    def test_else_what_happened(self, desk: Desk, name: str, kind: str) -> None:
        desk.submitted(name)
        with desk.database.read() as session:
            assert [job.payload["kind"] for job in session.scalars(select(Job))] == [kind]

    def test_the_address_given_in_the_case_comes_first(self, desk: Desk) -> None:
        given_there = desk.submitted("notice", email="other@example.jp")
        from_profile = desk.submitted("notice")
        with desk.database.read() as session:
            assert session.get_one(Application, given_there).contact_email == "other@example.jp"
            assert session.get_one(Application, from_profile).contact_email == "hanako@example.jp"


@pytest.mark.parametrize("days", [0, 40])
def test_a_draft_is_checked_by_the_day_it_is_submitted_on(desk: Desk, days: int) -> None:
    sent = desk.do(submissions.submit, desk.people.hanako, desk.draft(), 2, "", now=desk.now + timedelta(days=days))
    assert sent.pay_by == date(2026, 5, 8) + timedelta(days=days)
