"""A draft moves to the version in force with every answer: kept, or set aside beside the question asked again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from engine.model import Procedure
from procedures import amending, attachments, audit, doctor, drafts, library, submissions
from procedures.actors import Actor
from procedures.amending.earlier import Earlier, EarlierAnswer
from procedures.blobs.disk import DiskBlobs
from procedures.errors import NotFound, StaleDraft, VersionClosed
from procedures.models import Application, AuditEvent, PublishedProcedure
from tests.procedures.conftest import SPECS, Desk
from tests.procedures.test_uploads import PDF

PERMIT = (SPECS / "permit.yaml").read_text()
CHANGES = (
    ("      name: {type: string,", "      applicant: {was: name, type: string,"),
    ("maximum: 9}", "maximum: 1}"),
    ("shows: [name, copies]", "shows: [applicant, copies]"),
)


def amend(desk: Desk, day: str, *changes: tuple[str, str], source: str = PERMIT) -> Procedure:
    """Publish the permit of a later day, changed."""
    text = source.replace("version: 2026-04-01", f"version: {day}", 1)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    with desk.database.write() as session:
        return library.publish(session, desk.people.kimura, desk.now, text, "permit.yaml", "").procedure


def day_of(now: datetime, days: int) -> str:
    return (now.date() + timedelta(days=days)).isoformat()


@pytest.fixture
def later(desk: Desk) -> datetime:
    """Ten days on."""
    return desk.now + timedelta(days=10)


def load(desk: Desk, application_id: str, now: datetime, actor: Actor | None = None) -> drafts.Draft:
    with desk.database.read() as session:
        return drafts.load(session, actor or desk.people.hanako, application_id, now.date())


def move(desk: Desk, application_id: str, now: datetime) -> bool:
    return bool(desk.do(amending.move, desk.people.hanako, application_id, now=now))


def test_a_draft_stays_until_the_new_version_is_in_force(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    assert not load(desk, application_id, later - timedelta(days=1)).outdated
    assert not move(desk, application_id, later - timedelta(days=1))
    assert load(desk, application_id, later).outdated
    assert load(desk, application_id, later).answers == {"name": "髙橋 𠮷子", "copies": 2}


def test_what_fits_is_kept_and_the_rest_is_set_aside(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    new = amend(desk, day_of(later, 0), *CHANGES)
    assert move(desk, application_id, later)
    draft = load(desk, application_id, later)
    assert (draft.procedure.digest, draft.revision, draft.outdated) == (new.digest, 3, False)
    assert draft.answers == {"applicant": "髙橋 𠮷子"}
    assert draft.earlier is not None
    old = desk.known["permit"].digest
    assert draft.earlier == Earlier(old, later.date(), (EarlierAnswer(old, "copies", ("copies",), ("copies",), 2),), ())
    assert draft.expires_at == later + timedelta(days=30)


def test_moving_twice_is_moving_once(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    assert move(desk, application_id, later)
    before = load(desk, application_id, later)
    assert not move(desk, application_id, later + timedelta(hours=1))
    assert load(desk, application_id, later) == replace(before, answers=before.answers)


def test_it_is_in_the_audit_log_by_fields_and_never_by_values(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    new = amend(desk, day_of(later, 0), *CHANGES)
    move(desk, application_id, later)
    with desk.database.read() as session:
        [row] = session.scalars(select(AuditEvent).where(AuditEvent.action == "move_draft"))
        assert (row.object_id, row.actor, row.field_ids) == (application_id, "person:hanako", ["copies"])
        assert row.note == f"2026-04-01 > {new.version}"
        assert audit.verify(session) == []
        assert doctor.run(session) == []


def test_nobody_moves_anothers_draft(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    for stranger in (desk.people.taro, desk.people.sato, Actor("visitor", "hanako")):
        with pytest.raises(NotFound):
            desk.do(amending.move, stranger, application_id, now=later)
        with pytest.raises(NotFound):
            desk.do(_forget_item, stranger, application_id, ("copies", 0))


def _forget_item(session: Any, actor: Actor, _now: datetime, *arguments: Any) -> None:
    amending.forget_item(session, actor, *arguments)


def test_two_tabs_that_open_it_at_once_move_it_once(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    together = Barrier(3)

    def open_it(_: int) -> bool:
        together.wait()
        return move(desk, application_id, later)

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(open_it, range(3))) == [False, False, True]
    draft = load(desk, application_id, later)
    assert draft.revision == 3
    assert draft.earlier is not None
    assert len(draft.earlier.answers) == 1


def test_a_save_at_the_same_moment_is_kept_or_told(desk: Desk, later: datetime) -> None:
    """Either it was saved first and moved with the rest, or the tab is told that its draft is another by now."""
    amend(desk, day_of(later, 0), *CHANGES)
    for _ in range(5):
        application_id = desk.draft()
        together = Barrier(2)

        def save(case: str = application_id, gate: Barrier = together) -> str:
            gate.wait()
            try:
                desk.do(drafts.save, desk.people.hanako, case, {"name": "新しい名前", "copies": 1}, 2, now=later)
            except StaleDraft:
                return "told"
            return "saved"

        def go(case: str = application_id, gate: Barrier = together) -> str:
            gate.wait()
            return str(move(desk, case, later))

        with ThreadPoolExecutor(2) as pool:
            saved, moved = pool.submit(save), pool.submit(go)
        assert moved.result() == "True"
        answers = load(desk, application_id, later).answers
        kept = {"applicant": "新しい名前", "copies": 1} if saved.result() == "saved" else {"applicant": "髙橋 𠮷子"}
        assert answers == kept


def test_an_old_version_is_not_submitted_any_more(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    with pytest.raises(VersionClosed):
        desk.do(submissions.submit, desk.people.hanako, application_id, 2, "見た", now=later)
    assert load(desk, application_id, later).revision == 2
    move(desk, application_id, later)
    desk.do(drafts.save, desk.people.hanako, application_id, {"applicant": "髙", "copies": 1}, 3, now=later)
    done = desk.do(submissions.submit, desk.people.hanako, application_id, 4, "見た", now=later)
    assert done.quote is not None
    assert done.quote.total == 500


def test_days_of_grace_to_finish_on_the_old_one(desk: Desk, later: datetime) -> None:
    application_id, other = desk.draft(), desk.draft()
    new = amend(desk, day_of(later, 0), *CHANGES, ("draft: {days: 30}", "draft: {days: 30, grace_days: 7}"))
    last = later + timedelta(days=6)
    assert not load(desk, application_id, last).outdated
    assert not move(desk, application_id, last)
    assert desk.do(submissions.submit, desk.people.hanako, application_id, 2, "見た", now=last).quote.total == 1000
    after = later + timedelta(days=7)
    assert load(desk, other, after).outdated
    assert move(desk, other, after)
    assert load(desk, other, after).procedure.digest == new.digest


def test_a_version_without_grace_closes_all_before_it(desk: Desk, later: datetime) -> None:
    """The first draft could have stayed on the first version, but the third one lets nobody wait."""
    application_id = desk.draft()
    grace = ("draft: {days: 30}", "draft: {days: 30, grace_days: 60}")
    second = amend(desk, day_of(later, 0), *CHANGES, grace)
    third = amend(desk, day_of(later, 3), *CHANGES, ("maxLength: 40", "maxLength: 50"))
    with desk.database.read() as session:
        for day, expected in ((0, desk.known["permit"]), (2, desk.known["permit"]), (3, third)):
            found = amending.open_to_drafts(session, desk.known["permit"], (later + timedelta(days=day)).date())
            assert found.digest == expected.digest
        assert amending.open_to_drafts(session, second, later.date()) is second
    assert move(desk, application_id, later + timedelta(days=3))


def test_a_version_that_was_closed_once_stays_closed(desk: Desk, later: datetime) -> None:
    grace = ("draft: {days: 30}", "draft: {days: 30, grace_days: 60}")
    amend(desk, day_of(later, 0), *CHANGES)
    third = amend(desk, day_of(later, 3), *CHANGES, grace)
    with desk.database.read() as session:
        day = (later + timedelta(days=3)).date()
        assert amending.open_to_drafts(session, desk.known["permit"], day).digest == third.digest


def test_over_several_versions_each_is_followed(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    first = ("maximum: 9}", "maximum: 1}")
    amend(desk, day_of(later, 0), *CHANGES)
    last = amend(
        desk,
        day_of(later, 1),
        first,
        ("      name: {type: string,", "      person: {was: applicant, type: string,"),
        ("      copies:", "      sheets: {was: copies, type: integer, title: 枚数, minimum: 5}\n      extra:"),
        ("shows: [name, copies]", "shows: [person, sheets]"),
        ("count: copies", "count: sheets"),
    )
    now = later + timedelta(days=1)
    assert move(desk, application_id, now)
    draft = load(desk, application_id, now)
    assert draft.procedure.digest == last.digest
    assert draft.answers == {"person": "髙橋 𠮷子"}
    assert draft.earlier is not None
    [one] = draft.earlier.answers
    assert (one.digest, one.source, one.place, one.answer) == (
        desk.known["permit"].digest,
        ("copies",),
        ("sheets",),
        2,
    )
    assert draft.earlier.added == ("extra",)


def test_answers_set_aside_survive_the_next_move(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    amend(desk, day_of(later, 0), *CHANGES)
    move(desk, application_id, later)
    without = [
        line for line in PERMIT.splitlines(keepends=True) if not line.startswith(("      copies:", "      count:"))
    ]
    source = (
        "".join(without).replace("shows: [name, copies]", "shows: [name]").replace("name: {", "name: {was: applicant, ")
    )
    amend(desk, day_of(later, 5), source=source)
    assert move(desk, application_id, later + timedelta(days=5))
    draft = load(desk, application_id, later + timedelta(days=5))
    assert draft.answers == {"name": "髙橋 𠮷子"}
    assert draft.earlier is not None
    assert [(one.source, one.place, one.answer) for one in draft.earlier.answers] == [(("copies",), None, 2)]


def test_files_go_with_their_question(desk: Desk, later: datetime, blobs: DiskBlobs) -> None:
    application_id = desk.draft()
    prepared = attachments.prepare(blobs, "許可.pdf", PDF)
    file = desk.do(attachments.add, desk.people.hanako, application_id, "paper", prepared)
    answers = {"name": "髙", "copies": 1, "paper": [file]}
    desk.do(drafts.save, desk.people.hanako, application_id, answers, 2)
    amend(desk, day_of(later, 0), ("      paper: {type: file", "      document: {was: paper, type: file"))
    assert move(desk, application_id, later)
    assert load(desk, application_id, later).answers["document"] == [file]
    with desk.database.read() as session:
        assert [one.id for one in attachments.of_field(session, desk.people.hanako, application_id, "document")] == [
            file
        ]
    desk.do(submissions.submit, desk.people.hanako, application_id, 4, "見た", now=later)


def test_while_the_new_version_is_suspended_drafts_stay(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    digest = amend(desk, day_of(later, 0), *CHANGES).digest
    with desk.database.write() as session:
        session.get_one(PublishedProcedure, digest).suspended = True
    assert not load(desk, application_id, later).outdated
    assert not move(desk, application_id, later)


def test_submitted_cases_never_move(desk: Desk, later: datetime) -> None:
    application_id = desk.submitted()
    amend(desk, day_of(later, 0), *CHANGES)
    assert not load(desk, application_id, later).outdated
    assert not move(desk, application_id, later)
    with desk.database.read() as session:
        assert session.get_one(Application, application_id).digest == desk.known["permit"].digest


def test_new_drafts_begin_on_the_new_version(desk: Desk, later: datetime) -> None:
    new = amend(desk, day_of(later, 0), *CHANGES)
    application_id = desk.do(drafts.start, desk.people.hanako, new, now=later)
    draft = load(desk, application_id, later)
    assert (draft.outdated, draft.earlier, draft.procedure.digest) == (False, None, new.digest)


def test_forgetting_an_item_is_kept_in_the_draft(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    desk.do(_forget_item, desk.people.hanako, application_id, ("copies", 0))  # a draft that never moved
    amend(desk, day_of(later, 0), *CHANGES)
    move(desk, application_id, later)
    desk.do(_forget_item, desk.people.hanako, application_id, ("copies", 0))
    draft = load(desk, application_id, later)
    assert draft.earlier is not None
    assert [one.place for one in draft.earlier.answers] == [("copies",)]
