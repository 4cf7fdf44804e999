"""Certificates that are revoked, given up and issued again: one stands at a time, and everybody is told which."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from engine.lifecycle import Status
from procedures import certificates, consequences, doctor
from procedures.actors import Actor
from procedures.blobs.disk import DiskBlobs
from procedures.errors import NotFound, PaperRefused
from procedures.models import Application, AuditEvent, Certificate, Job, PaperNumber
from procedures.papers.verifying import verify
from tests.procedures.conftest import Desk
from tests.procedures.test_certificates import (
    VERIFYING,
    approved,
    download,
    issue,
    own_certificate,
    seal_folder,
)

__all__ = ["issue", "seal_folder"]
Issue = Callable[[], None]


def state(desk: Desk, certificate_id: str, days: int = 0) -> str | None:
    with desk.database.read() as session:
        found = verify(session, desk.now + timedelta(days=days), VERIFYING.code_of(certificate_id))
    return found and found.state


def rows(desk: Desk) -> list[Certificate]:
    with desk.database.read() as session:
        return list(session.scalars(select(Certificate).order_by(Certificate.edition)))


def register(desk: Desk) -> dict[str, PaperNumber]:
    with desk.database.read() as session:
        assert doctor.run(session) == []
        return {row.number: row for row in session.scalars(select(PaperNumber))}


def told(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        return [job.payload["kind"] for job in session.scalars(select(Job).where(Job.kind == "notice.send"))]


@pytest.fixture
def issued(desk: Desk, issue: Issue) -> tuple[str, str]:
    """A case and its certificate."""
    case = approved(desk)
    issue()
    return case, own_certificate(desk, case).id


class TestRevoked:
    def test_the_applicant_and_whoever_holds_it_are_told(self, desk: Desk, issued: tuple[str, str]) -> None:
        desk.do(certificates.revoke_one, desk.people.suzuki, *issued, " 虚偽の申請によるため ")
        assert state(desk, issued[1]) == "revoked"
        assert "certificate_revoked" in told(desk)
        shown = own_certificate(desk, issued[0])
        assert (shown.state(date(2026, 5, 1)), shown.reason) == ("revoked", "虚偽の申請によるため")
        with desk.database.read() as session:
            link = session.scalars(select(AuditEvent).where(AuditEvent.action == "certificate.revoke")).one()
        assert (link.actor, link.note) == ("person:suzuki", shown.number)

    def test_all_of_a_case_by_whoever_takes_the_decision_back(self, desk: Desk, issued: tuple[str, str]) -> None:
        assert desk.do(certificates.revoke, desk.people.suzuki, issued[0], "取消し") == ["hokenjo-2026-000001"]
        assert desk.do(certificates.revoke, desk.people.suzuki, issued[0], "取消し") == []
        assert state(desk, issued[1]) == "revoked"
        assert "certificate_revoked" not in told(desk)
        assert register(desk)["hokenjo-2026-000001"].handed_out_at == desk.now

    def test_one_that_is_being_made_is_not_handed_out(self, desk: Desk, issue: Issue) -> None:
        case = approved(desk)
        assert desk.do(certificates.revoke, desk.people.suzuki, case, "取消し") == []
        with desk.database.write() as session:
            session.get_one(Application, case).status = Status.REFUSED.value
        issue()
        assert rows(desk) == []

    @pytest.mark.parametrize(("reason", "what"), [("", "reason"), (" 　", "reason"), ("あ" * 401, "long")])
    def test_not_without_a_reason(self, desk: Desk, issued: tuple[str, str], reason: str, what: str) -> None:
        with pytest.raises(PaperRefused) as refused:
            desk.do(certificates.revoke_one, desk.people.suzuki, *issued, reason)
        assert refused.value.what == what
        assert state(desk, issued[1]) == "genuine"

    def test_only_an_approver_of_the_office_and_only_once(self, desk: Desk, issued: tuple[str, str]) -> None:
        far = Actor("staff", "far", "", frozenset({"approver"}), frozenset({"shuzei"}))
        for actor in (desk.people.hanako, desk.people.taro, desk.people.sato, desk.people.tanaka, far):
            with pytest.raises(NotFound):
                desk.do(certificates.revoke_one, actor, *issued, "x")
        desk.do(certificates.revoke_one, desk.people.suzuki, *issued, "x")
        with pytest.raises(PaperRefused):
            desk.do(certificates.revoke_one, desk.people.suzuki, *issued, "x")


@pytest.mark.sqlite_only
class TestAgain:
    def test_a_new_number_a_mark_and_the_old_one_replaced(
        self, desk: Desk, blobs: DiskBlobs, issue: Issue, issued: tuple[str, str]
    ) -> None:
        case, old = issued
        number = desk.do(certificates.issue_again, desk.people.sato, case, old, "紛失")
        assert number == "hokenjo-2026-000002"
        assert state(desk, old) == "genuine"  # until the new one is there
        issue()
        first, second = rows(desk)
        assert (state(desk, first.id), state(desk, second.id)) == ("replaced", "genuine")
        assert (second.valid_until, second.issued_on) == (first.valid_until, date(2026, 5, 1))
        text = PdfReader(BytesIO(download(desk, blobs, desk.people.hanako, case, second.id))).pages[0].extract_text()
        assert "再交付（もとの番号 hokenjo-2026-000001）" in text.replace("　", " ")
        assert told(desk).count("certificate_ready") == 2
        assert all(row.handed_out_at for row in register(desk).values())

    def test_one_at_a_time_and_the_newest_alone(self, desk: Desk, issue: Issue, issued: tuple[str, str]) -> None:
        desk.do(certificates.issue_again, desk.people.sato, *issued, "紛失")
        with pytest.raises(PaperRefused):
            desk.do(certificates.issue_again, desk.people.sato, *issued, "紛失")
        issue()
        with pytest.raises(PaperRefused):
            desk.do(certificates.issue_again, desk.people.sato, *issued, "紛失")
        desk.do(certificates.issue_again, desk.people.sato, issued[0], rows(desk)[1].id, "汚損")
        issue()
        assert [state(desk, row.id) for row in rows(desk)] == ["replaced", "replaced", "genuine"]

    def test_neither_one_that_expired_nor_one_that_was_revoked(self, desk: Desk, issued: tuple[str, str]) -> None:
        with pytest.raises(PaperRefused) as refused:
            desk.do(certificates.issue_again, desk.people.sato, *issued, "紛失", now=desk.now + timedelta(days=400))
        assert refused.value.what == "expired"
        desk.do(certificates.revoke_one, desk.people.suzuki, *issued, "x")
        with pytest.raises(PaperRefused):
            desk.do(certificates.issue_again, desk.people.sato, *issued, "紛失")

    def test_only_a_clerk_of_the_office(self, desk: Desk, issued: tuple[str, str]) -> None:
        for actor in (desk.people.hanako, desk.people.taro, desk.people.tanaka):
            with pytest.raises(NotFound):
                desk.do(certificates.issue_again, actor, *issued, "紛失")

    def test_given_up_before_it_was_made_the_old_one_stands(
        self, desk: Desk, issue: Issue, issued: tuple[str, str]
    ) -> None:
        number = desk.do(certificates.issue_again, desk.people.sato, *issued, "紛失")
        desk.do(certificates.give_up, desk.people.sato, issued[0], rows(desk)[1].id, "見つかったため")
        issue()
        first, second = rows(desk)
        assert (first.replaced_at, second.issued_at) == (None, None)
        assert register(desk)[number].cancel_reason == "見つかったため"
        with pytest.raises(PaperRefused):
            desk.do(certificates.give_up, desk.people.sato, issued[0], first.id, "x")

    def test_revoked_while_it_is_made_its_number_is_cancelled(
        self, desk: Desk, issue: Issue, issued: tuple[str, str]
    ) -> None:
        number = desk.do(certificates.issue_again, desk.people.sato, *issued, "紛失")
        assert desk.do(certificates.revoke, desk.people.suzuki, issued[0], "取消し")[1] == number
        issue()
        assert register(desk)[number].cancelled_at == desk.now
        assert rows(desk)[1].issued_at is None


def approve_anew(desk: Desk, case: str) -> None:
    """What follows when a case is approved once more, after it was reopened."""
    with desk.database.write() as session:
        procedure = desk.known["permit"]
        consequences.follow(session, desk.now, case, procedure, Status.DECISION_PROPOSED, Status.APPROVED)


@pytest.mark.parametrize("revoked", [True, False])
def test_a_case_approved_anew_gets_a_new_certificate(
    desk: Desk, blobs: DiskBlobs, issue: Issue, issued: tuple[str, str], *, revoked: bool
) -> None:
    if revoked:
        desk.do(certificates.revoke, desk.people.suzuki, issued[0], "取消し")
    approve_anew(desk, issued[0])
    issue()
    first, second = rows(desk)
    assert (state(desk, first.id), state(desk, second.id)) == ("revoked" if revoked else "replaced", "genuine")
    text = PdfReader(BytesIO(download(desk, blobs, desk.people.hanako, issued[0], second.id))).pages[0].extract_text()
    assert ("に代わるもの" in text) is not revoked
    assert "再交付" not in text
