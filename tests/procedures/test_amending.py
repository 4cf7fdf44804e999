"""A draft moves to the version in force with every answer: kept, or set aside beside the question asked again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from procedures import amending, attachments, audit, doctor, drafts, submissions
from procedures.actors import Actor
from procedures.amending.earlier import Earlier, EarlierAnswer
from procedures.blobs.disk import DiskBlobs
from procedures.errors import NotFound, StaleDraft
from procedures.models import Application, AuditEvent
from tests.procedures.amendments import CHANGES, PERMIT, amend, day_of, load, move
from tests.procedures.conftest import Desk
from tests.procedures.test_uploads import PDF


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


def test_submitted_cases_never_move(desk: Desk, later: datetime) -> None:
    application_id = desk.submitted()
    amend(desk, day_of(later, 0), *CHANGES)
    assert not load(desk, application_id, later).outdated
    assert not move(desk, application_id, later)
    with desk.database.read() as session:
        assert session.get_one(Application, application_id).digest == desk.known["permit"].digest


def test_forgetting_an_item_is_kept_in_the_draft(desk: Desk, later: datetime) -> None:
    application_id = desk.draft()
    desk.do(_forget_item, desk.people.hanako, application_id, ("copies", 0))  # a draft that never moved
    amend(desk, day_of(later, 0), *CHANGES)
    move(desk, application_id, later)
    desk.do(_forget_item, desk.people.hanako, application_id, ("copies", 0))
    draft = load(desk, application_id, later)
    assert draft.earlier is not None
    assert [one.place for one in draft.earlier.answers] == [("copies",)]
