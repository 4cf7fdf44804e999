"""Files belong to a case and a question; nobody else opens them, and what was not sent does not stay."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from procedures import applications, attachments, drafts, jobs
from procedures.actors import Actor, posts
from procedures.blobs import BlobMissing, leaving
from procedures.blobs.disk import DiskBlobs
from procedures.errors import AlreadySubmitted, FileRefused, NotFound
from procedures.models import Attachment
from procedures.uploads.forgetting import sweep
from tests.procedures.conftest import ANSWERS, Desk
from tests.procedures.test_uploads import PDF


def put(desk: Desk, blobs: DiskBlobs, application_id: str, field_id: str = "paper") -> str:
    prepared = attachments.prepare(blobs, "書類.pdf", PDF, ["application/pdf"])
    return desk.do(attachments.add, desk.people.hanako, application_id, field_id, prepared)


def read(desk: Desk, blobs: DiskBlobs, actor: Actor, application_id: str, attachment_id: str) -> bytes:
    with desk.database.read() as session:
        opened = attachments.open_file(session, blobs, actor, application_id, attachment_id)
    with opened.stream as stream:
        return stream.read()


def sent_with_file(desk: Desk, blobs: DiskBlobs) -> tuple[str, str, str]:
    """A received case, a file that it names, and one that it does not."""
    application_id = desk.draft(copies=0)
    named, unnamed = put(desk, blobs, application_id), put(desk, blobs, application_id)
    answers = {**ANSWERS["permit"], "copies": 0, "paper": [named]}
    desk.do(drafts.save, desk.people.hanako, application_id, answers, 2)
    desk.submit(application_id, revision=3)
    return application_id, named, unnamed


def do_all_jobs(desk: Desk, handlers: dict[str, jobs.Handler]) -> None:
    while jobs.run_one(desk.database, lambda: desk.now, "worker", handlers):
        pass


def test_what_was_uploaded_is_read_by_its_owner(desk: Desk, blobs: DiskBlobs) -> None:
    application_id = desk.draft()
    attachment_id = put(desk, blobs, application_id)
    assert read(desk, blobs, desk.people.hanako, application_id, attachment_id) == PDF
    with desk.database.read() as session:
        (kept,) = attachments.of_field(session, desk.people.hanako, application_id, "paper")
        assert (kept.id, kept.name, kept.size) == (attachment_id, "書類.pdf", len(PDF))
        assert attachments.of_field(session, desk.people.hanako, application_id, "other") == []
        assert attachments.of_field(session, desk.people.taro, application_id, "paper") == []


def test_nobody_else_finds_it(desk: Desk, blobs: DiskBlobs) -> None:
    application_id = desk.draft()
    attachment_id = put(desk, blobs, application_id)
    strangers = (desk.people.taro, desk.people.sato, desk.people.suzuki, Actor("visitor", "hanako"))
    for actor in strangers:
        with pytest.raises(NotFound):
            read(desk, blobs, actor, application_id, attachment_id)
    with pytest.raises(NotFound):
        read(desk, blobs, desk.people.hanako, desk.draft(), attachment_id)
    for service, arguments in ((attachments.remove, (application_id, attachment_id)),):
        with pytest.raises(NotFound):
            desk.do(service, desk.people.taro, *arguments)


def test_staff_of_the_office_open_what_was_sent_and_nothing_more(desk: Desk, blobs: DiskBlobs) -> None:
    application_id, named, unnamed = sent_with_file(desk, blobs)
    assert read(desk, blobs, desk.people.sato, application_id, named) == PDF
    assert read(desk, blobs, desk.people.suzuki, application_id, named) == PDF
    far = Actor("staff", "far", "", posts({"clerk"}, {"shuzei-shomei"}))
    for actor, attachment_id in ((desk.people.sato, unnamed), (far, named), (desk.people.tanaka, named)):
        with pytest.raises(NotFound):
            read(desk, blobs, actor, application_id, attachment_id)


def test_a_removed_file_is_gone_bytes_and_all(desk: Desk, blobs: DiskBlobs) -> None:
    application_id = desk.draft()
    attachment_id = put(desk, blobs, application_id)
    desk.do(attachments.remove, desk.people.hanako, application_id, attachment_id)
    do_all_jobs(desk, {"blob.delete": leaving.handler(blobs)})
    assert blobs.keys() == []
    with pytest.raises(NotFound):
        read(desk, blobs, desk.people.hanako, application_id, attachment_id)
    with pytest.raises(NotFound):
        desk.do(attachments.remove, desk.people.hanako, application_id, attachment_id)


def test_a_submitted_case_gains_and_loses_no_file(desk: Desk, blobs: DiskBlobs) -> None:
    application_id, named, _ = sent_with_file(desk, blobs)
    with pytest.raises(AlreadySubmitted):
        desk.do(attachments.remove, desk.people.hanako, application_id, named)
    with pytest.raises(AlreadySubmitted):
        put(desk, blobs, application_id)


def test_when_a_case_ends_what_was_not_sent_is_erased(desk: Desk, blobs: DiskBlobs) -> None:
    application_id, named, unnamed = sent_with_file(desk, blobs)
    desk.do(applications.withdraw, desk.people.hanako, application_id)
    with desk.database.read() as session:
        assert session.scalars(select(Attachment.id)).all() == [named]
    do_all_jobs(desk, {"blob.delete": leaving.handler(blobs), "notice.send": lambda *_: None})
    assert len(blobs.keys()) == 1
    assert read(desk, blobs, desk.people.hanako, application_id, named) == PDF
    with pytest.raises(NotFound):
        read(desk, blobs, desk.people.hanako, application_id, unnamed)


def test_a_lapsed_draft_leaves_no_file(desk: Desk, blobs: DiskBlobs) -> None:
    put(desk, blobs, desk.draft())
    with desk.database.write() as session:
        drafts.lapse_expired(session, desk.now + timedelta(days=30))
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_bytes_without_a_row_are_swept_after_a_day(desk: Desk, blobs: DiskBlobs) -> None:
    attachment_id = put(desk, blobs, desk.draft())
    attachments.prepare(blobs, "died.pdf", PDF)
    (blobs.folder / "aa").mkdir(exist_ok=True)
    (blobs.folder / "aa" / "half.tmp").write_bytes(b"half")
    today = datetime.now(UTC)
    assert sweep(desk.database, blobs, today) == 0
    assert len(blobs.keys()) == 2
    assert sweep(desk.database, blobs, today + timedelta(days=2)) == 1
    with desk.database.read() as session:
        assert blobs.keys() == [session.get_one(Attachment, attachment_id).blob_key]
    assert not list(blobs.folder.glob("??/*.tmp"))


def test_a_case_takes_so_many_files(desk: Desk, blobs: DiskBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_FILES", 2)
    application_id = desk.draft()
    put(desk, blobs, application_id)
    put(desk, blobs, application_id)
    with pytest.raises(FileRefused, match="too_many"):
        put(desk, blobs, application_id)


def test_lost_bytes_are_an_error_of_ours_not_a_missing_page(desk: Desk, blobs: DiskBlobs) -> None:
    application_id = desk.draft()
    attachment_id = put(desk, blobs, application_id)
    blobs.delete(blobs.keys()[0])
    with pytest.raises(BlobMissing):
        read(desk, blobs, desk.people.hanako, application_id, attachment_id)
