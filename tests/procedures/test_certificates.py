"""Certificates are numbered without gaps, made outside any transaction, handed out once, to those concerned."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from procedures import applications, certificates, doctor, jobs
from procedures.actors import Actor, posts
from procedures.blobs.disk import DiskBlobs
from procedures.errors import NotFound
from procedures.models import Certificate, Job
from procedures.papers.codes import Verifying
from procedures.seal import create_seal_key
from tests.procedures.conftest import Desk
from tests.procedures.test_papers import TEMPLATES

VERIFYING = Verifying("s" * 32, "https://t.example/")


@pytest.fixture(scope="module")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seal")
    create_seal_key(folder, "東京都", datetime.now(UTC))
    return folder


@pytest.fixture
def issue(desk: Desk, blobs: DiskBlobs, seal_folder: Path) -> Callable[[], None]:
    """Do every job that is due; notices are left alone."""
    handlers = {
        "certificate.issue": certificates.handler(blobs, TEMPLATES, seal_folder, "東京都", VERIFYING),
        "notice.send": lambda *_: None,
    }

    def work() -> None:
        while jobs.run_one(desk.database, lambda: desk.now, "worker", handlers):
            pass

    return work


def approved(desk: Desk, **answers: object) -> str:
    application_id, proposal_id = desk.proposed(**answers)
    desk.approve(application_id, proposal_id)
    return application_id


def own_certificate(desk: Desk, application_id: str) -> object:
    with desk.database.read() as session:
        return applications.view_own(session, desk.people.hanako, application_id).certificates[0]


def download(desk: Desk, blobs: DiskBlobs, actor: Actor, application_id: str, certificate_id: str) -> bytes:
    with desk.database.read() as session:
        opened = certificates.open_certificate(session, blobs, actor, application_id, certificate_id)
    with opened.stream as stream:
        return stream.read()


def test_an_approved_case_gets_its_sealed_certificate(desk: Desk, blobs: DiskBlobs, issue: Callable[[], None]) -> None:
    application_id = approved(desk)
    issue()
    certificate = own_certificate(desk, application_id)
    assert certificate.number == "hokenjo-2026-000001"
    assert (certificate.issued_on, certificate.valid_until) == (date(2026, 5, 1), date(2027, 4, 30))
    assert certificate.ready
    pdf = download(desk, blobs, desk.people.hanako, application_id, certificate.id)
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for words in ("許可証", "髙橋 𠮷子", "hokenjo-2026-000001", "令和8年5月1日", "東京都", "令和9年4月30日"):
        assert words in text
    assert b"/ETSI.CAdES.detached" in pdf
    with desk.database.read() as session:
        assert doctor.run(session, blobs) == []


def test_the_applicant_is_told_when_it_is_ready(desk: Desk, issue: Callable[[], None]) -> None:
    approved(desk)
    issue()
    with desk.database.read() as session:
        notices = [job.payload for job in session.scalars(select(Job).where(Job.kind == "notice.send"))]
    assert [notice["kind"] for notice in notices].count("certificate_ready") == 1
    assert {"certificate": "許可証"} in [notice["facts"] for notice in notices]


def test_only_those_concerned_open_it(desk: Desk, blobs: DiskBlobs, issue: Callable[[], None]) -> None:
    application_id = approved(desk)
    issue()
    certificate_id = own_certificate(desk, application_id).id
    for actor in (desk.people.hanako, desk.people.sato, desk.people.suzuki):
        assert download(desk, blobs, actor, application_id, certificate_id).startswith(b"%PDF")
    far = Actor("staff", "far", "", posts({"clerk"}, {"shuzei-shomei"}))
    for actor in (desk.people.taro, desk.people.tanaka, far, Actor("visitor", "hanako")):
        with pytest.raises(NotFound):
            download(desk, blobs, actor, application_id, certificate_id)
    with pytest.raises(NotFound):
        download(desk, blobs, desk.people.hanako, desk.draft(), certificate_id)


def test_a_worker_that_dies_uses_its_number_again(desk: Desk, blobs: DiskBlobs, seal_folder: Path) -> None:
    application_id = approved(desk)
    missing = certificates.handler(blobs, seal_folder, seal_folder, "東京都", VERIFYING)  # no templates there
    handlers = {"certificate.issue": missing, "notice.send": lambda *_: None}
    while jobs.run_one(desk.database, lambda: desk.now, "worker", handlers):
        pass
    certificate = own_certificate(desk, application_id)
    assert (certificate.number, certificate.ready) == ("hokenjo-2026-000001", False)
    with pytest.raises(NotFound):
        download(desk, blobs, desk.people.hanako, application_id, certificate.id)
    handlers["certificate.issue"] = certificates.handler(blobs, TEMPLATES, seal_folder, "東京都", VERIFYING)
    with desk.database.write() as session:
        session.execute(update(Job).where(Job.state == "waiting").values(run_at=desk.now))
    while jobs.run_one(desk.database, lambda: desk.now, "worker", handlers):
        pass
    assert own_certificate(desk, application_id).ready
    assert own_certificate(desk, application_id).number == "hokenjo-2026-000001"


def test_the_same_job_twice_hands_out_once(desk: Desk, blobs: DiskBlobs, issue: Callable[[], None]) -> None:
    application_id = approved(desk)
    issue()
    before = download(desk, blobs, desk.people.hanako, application_id, own_certificate(desk, application_id).id)
    with desk.database.write() as session:
        payload = {"application_id": application_id, "kind": "permit"}
        jobs.enqueue(session, desk.now, "certificate.issue", payload)
    issue()
    certificate = own_certificate(desk, application_id)
    assert download(desk, blobs, desk.people.hanako, application_id, certificate.id) == before


def test_numbers_run_on_within_an_office(desk: Desk, issue: Callable[[], None]) -> None:
    for _ in range(3):
        approved(desk)
    issue()
    with desk.database.read() as session:
        assert sorted(session.scalars(select(Certificate.number))) == [
            f"hokenjo-2026-{number:06}" for number in (1, 2, 3)
        ]
