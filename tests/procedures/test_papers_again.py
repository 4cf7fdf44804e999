"""Papers used again are copies: erasing one case leaves the other whole, and nobody uses another's."""

from datetime import timedelta
from typing import Any

import pytest

from procedures import attachments, drafts
from procedures.actors import Actor
from procedures.blobs import BlobMissing, leaving
from procedures.blobs.disk import DiskBlobs
from procedures.errors import NotFound
from procedures.models import Attachment
from procedures.profiles import papers
from procedures.profiles.papers import Paper
from procedures.uploads.forgetting import forget
from tests.procedures.conftest import Desk
from tests.procedures.test_attachments import do_all_jobs, read, sent_with_file
from tests.procedures.test_uploads import PDF


def offered(desk: Desk, application_id: str, actor: Actor | None = None, days: int = 0) -> list[Paper]:
    field = desk.known["permit"].fields["paper"]
    with desk.database.read() as session:
        today = desk.now.date() + timedelta(days=days)
        return papers.earlier(session, actor or desk.people.hanako, today, field, application_id)


def use(desk: Desk, blobs: DiskBlobs, application_id: str, paper_id: str, actor: Actor | None = None) -> str:
    owner, field = actor or desk.people.hanako, desk.known["permit"].fields["paper"]
    with desk.database.read() as session:
        copied = papers.copy(session, blobs, owner, desk.now.date(), field, application_id, paper_id)
    return str(desk.do(attachments.add, owner, application_id, "paper", copied))


def erase(desk: Desk, blobs: DiskBlobs, attachment_id: str) -> None:
    """As the end of a case's retention does: the row, and by a job the bytes."""
    with desk.database.write() as session:
        row = session.get(Attachment, attachment_id)
        assert row is not None
        forget(session, desk.now, [row])
    do_all_jobs(desk, {"blob.delete": leaving.handler(blobs)} | dict.fromkeys(("notice.send",), lambda *_: None))


def key_of(desk: Desk, attachment_id: str) -> str:
    with desk.database.read() as session:
        row = session.get(Attachment, attachment_id)
        assert row is not None
        return row.blob_key


def test_a_paper_that_was_sent_is_offered_and_one_that_was_not_is_not(desk: Desk, blobs: DiskBlobs) -> None:
    sent_id, named, _ = sent_with_file(desk, blobs)
    application_id = desk.draft()
    [paper] = offered(desk, application_id)
    assert (paper.id, paper.application_id, paper.name, paper.sent_on) == (named, sent_id, "書類.pdf", desk.now.date())
    assert offered(desk, sent_id) == [], "the case's own papers are there already"


def test_erasing_the_first_case_leaves_the_second_whole(desk: Desk, blobs: DiskBlobs) -> None:
    _, named, _ = sent_with_file(desk, blobs)
    application_id = desk.draft()
    again = use(desk, blobs, application_id, named)
    first, second = key_of(desk, named), key_of(desk, again)
    assert first != second
    erase(desk, blobs, named)
    with pytest.raises(BlobMissing):
        blobs.open(first)
    assert read(desk, blobs, desk.people.hanako, application_id, again) == PDF
    assert offered(desk, application_id) == []


def test_erasing_the_second_case_leaves_the_first_whole(desk: Desk, blobs: DiskBlobs) -> None:
    sent_id, named, _ = sent_with_file(desk, blobs)
    application_id = desk.draft()
    again = use(desk, blobs, application_id, named)
    erase(desk, blobs, again)
    assert read(desk, blobs, desk.people.hanako, sent_id, named) == PDF


def test_a_copy_is_sent_like_any_paper_and_offered_once(desk: Desk, blobs: DiskBlobs) -> None:
    _, named, _ = sent_with_file(desk, blobs)
    application_id = desk.draft(copies=0)
    again = use(desk, blobs, application_id, named)
    answers = {"name": "髙橋 𠮷子", "copies": 0, "paper": [again]}
    desk.do(drafts.save, desk.people.hanako, application_id, answers, 2)
    desk.submit(application_id, revision=3)
    assert len(offered(desk, desk.draft())) == 1, "the same bytes are one paper"


@pytest.mark.parametrize("stranger", ["taro", "sato", "visitor"])
def test_nobody_uses_anothers_paper(desk: Desk, blobs: DiskBlobs, stranger: str) -> None:
    _, named, _ = sent_with_file(desk, blobs)
    actor = Actor("visitor", "hanako") if stranger == "visitor" else getattr(desk.people, stranger)
    application_id = desk.draft("permit", desk.people.taro)
    assert offered(desk, application_id, actor) == []
    with pytest.raises(NotFound):
        use(desk, blobs, application_id, named, actor)


def test_after_its_retention_it_is_not_offered(desk: Desk, blobs: DiskBlobs) -> None:
    sent_with_file(desk, blobs)
    application_id = desk.draft()
    assert offered(desk, application_id, days=365 * 5 - 30)
    assert offered(desk, application_id, days=365 * 5 + 2) == []


def test_bytes_that_are_gone_are_not_used(desk: Desk, blobs: DiskBlobs) -> None:
    _, named, _ = sent_with_file(desk, blobs)
    application_id = desk.draft()
    blobs.delete(key_of(desk, named))
    with pytest.raises(NotFound):
        use(desk, blobs, application_id, named)


@pytest.mark.parametrize(
    ("media_type", "settings", "fits"),
    [
        ("application/pdf", {}, True),
        ("application/pdf", {"accept": ["application/pdf"]}, True),
        ("application/pdf", {"accept": ["image/*"]}, False),
        ("image/jpeg", {"accept": ["image/*"]}, True),
        ("image/jpeg", {"accept": ["image/png", "application/pdf"]}, False),
        ("image/jpeg", {"maxMegabytes": 2}, True),
        ("image/jpeg", {"maxMegabytes": 1}, False),
        ("application/pdf", {"maxPages": 3}, True),
        ("application/pdf", {"maxPages": 2}, False),
    ],
)
def test_only_what_the_question_takes_is_offered(media_type: str, settings: dict[str, Any], *, fits: bool) -> None:
    paper = Attachment(media_type=media_type, size=1_500_000, pages=3 if media_type == "application/pdf" else None)
    assert papers._accepted(paper, settings) is fits
