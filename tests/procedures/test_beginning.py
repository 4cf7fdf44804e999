"""An application begun from an earlier one: its answers wait, moved to the version in force."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from procedures import amending, drafts
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import AuditEvent, DraftOrigin
from procedures.profiles import beginning, origins
from procedures.profiles.origins import Origin
from tests.procedures.amendments import CHANGES, amend, day_of, load
from tests.procedures.conftest import Desk

NAME = {"name": "髙橋 𠮷子"}


def origin_of(desk: Desk, application_id: str) -> Origin:
    with desk.database.read() as session:
        return origins.load(session, application_id)


def begin(desk: Desk, source_id: str, actor: Actor | None = None, procedure: str = "permit") -> str:
    owner = actor or desk.people.hanako
    return str(desk.do(beginning.begin, owner, desk.known[procedure], source_id))


def test_the_answers_wait_and_none_of_them_is_the_drafts(desk: Desk) -> None:
    source_id = desk.submitted(copies=2)
    application_id = begin(desk, source_id)
    assert load(desk, application_id, desk.now).answers == {}
    origin = origin_of(desk, application_id)
    assert origin.waiting == {**NAME, "copies": 2}
    assert origin.source_id == source_id
    source = origin.source_of(("name",), NAME["name"])
    assert source is not None
    assert (source.kind, source.application_id, source.on) == ("begun_from", source_id, desk.now.date())
    assert origin.source_of(("name",), "高橋 𠮷子") is None


@pytest.mark.parametrize("stranger", ["taro", "sato"])
def test_anothers_application_is_not_there(desk: Desk, stranger: str) -> None:
    source_id = desk.submitted()
    actor = getattr(desk.people, stranger)
    with pytest.raises(NotFound):
        begin(desk, source_id, actor)
    with desk.database.read() as session:
        assert beginning.earlier(session, actor, "permit") == []


def test_neither_a_draft_nor_another_procedure_begins_one(desk: Desk) -> None:
    draft_id, sent_id = desk.draft(), desk.submitted()
    for source_id, procedure in ((draft_id, "permit"), (sent_id, "proof"), ("nothing", "permit")):
        with pytest.raises(NotFound):
            begin(desk, source_id, procedure=procedure)
    with desk.database.read() as session:
        assert session.scalars(select(DraftOrigin)).all() == []


def test_answers_are_moved_to_the_version_in_force(desk: Desk) -> None:
    source_id = desk.submitted(copies=2)
    desk.known["permit"] = amend(desk, day_of(desk.now, 0), *CHANGES)
    application_id = begin(desk, source_id)
    origin = origin_of(desk, application_id)
    assert origin.waiting == {"applicant": NAME["name"]}, "renamed, and two copies are too many now"


def test_what_waits_moves_with_its_draft(desk: Desk) -> None:
    source_id = desk.submitted(copies=2)
    application_id = begin(desk, source_id)
    amend(desk, day_of(desk.now, 1), *CHANGES)
    assert desk.do(amending.move, desk.people.hanako, application_id, now=desk.now + timedelta(days=1))
    origin = origin_of(desk, application_id)
    assert origin.waiting == {"applicant": NAME["name"]}
    assert origin.source_of(("applicant",), NAME["name"]) is not None


def test_it_ends_with_the_draft(desk: Desk) -> None:
    source_id = desk.submitted(copies=0)
    application_id = begin(desk, source_id)
    desk.do(drafts.save, desk.people.hanako, application_id, {**NAME, "copies": 0}, 1)
    desk.submit(application_id, revision=2)
    assert origin_of(desk, application_id) == origins.NOTHING
    lapsing = begin(desk, source_id)
    with desk.database.write() as session:
        drafts.lapse_expired(session, desk.now + timedelta(days=60))
    assert origin_of(desk, lapsing) == origins.NOTHING


def test_the_log_names_the_source_and_the_fields(desk: Desk) -> None:
    source_id = desk.submitted()
    application_id = begin(desk, source_id)
    with desk.database.read() as session:
        row = session.scalars(select(AuditEvent).where(AuditEvent.action == "draft.begun_from")).one()
    assert (row.object_id, row.note, row.field_ids) == (application_id, source_id, ["copies", "name"])


def test_the_latest_come_first_and_only_a_few(desk: Desk) -> None:
    sent = [desk.submitted(copies=0) for _ in range(5)]
    with desk.database.read() as session:
        found = beginning.earlier(session, desk.people.hanako, "permit")
    assert len(found) == beginning.MOST
    assert {one.application_id for one in found} <= set(sent)
