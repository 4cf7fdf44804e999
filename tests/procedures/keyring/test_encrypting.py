"""What was written before there were keys: readable, then sealed portion by portion, while everything goes on."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from procedures import cases, doctor, drafts
from procedures.asides import notes
from procedures.blobs.disk import DiskBlobs
from procedures.correspondence import writing
from procedures.keyring import encrypting, encrypting_files
from procedures.keyring.columns import sealed_tables
from procedures.keyring.envelopes import FORM
from procedures.keyring.ring import MasterMissing, Ring
from procedures.keyring.rotating import rewrap, rewrap_portion, wraps
from procedures.models import Application, Attachment, CaseKey, CaseMessage, Draft, Sealing, SearchTerm
from procedures.models.sealed import WhoseIsIt
from procedures.searching.filling import fill
from tests.procedures.conftest import ANSWERS, Desk
from tests.procedures.searching.test_searching import found
from tests.procedures.test_attachments import put, read
from tests.ringed import opened
from tests.uploaded import pdf


@pytest.fixture
def earlier(desk: Desk) -> Desk:
    """A database as the release before left it: nothing is sealed yet."""
    with desk.database.write() as session:
        session.execute(update(Sealing).values(begun=False, done=False))
    object.__setattr__(desk.database, "site", type(desk.database.site)())
    return desk


def raw(desk: Desk, column: str, table: str) -> list[str]:
    with desk.database.read() as session:
        return list(session.execute(text(f"SELECT {column} FROM {table}")).scalars())  # noqa: S608 - names of ours


def written(desk: Desk, blobs: DiskBlobs) -> tuple[str, str, str]:
    """A case with messages and notes, its file, and a draft."""
    case = desk.draft(copies=0)
    file = put(desk, blobs, case)
    desk.do(drafts.save, desk.people.hanako, case, {**ANSWERS["permit"], "copies": 0, "paper": [file]}, 2)
    desk.submit(case, revision=3)
    desk.do(cases.claim, desk.people.sato, case)
    desk.do(writing.from_applicant, desk.people.hanako, case, "いつ届きますか", "1")
    desk.do(notes.write, desk.people.sato, case, "確認中", "2")
    return case, file, desk.draft()


def convert(desk: Desk, blobs: DiskBlobs) -> int:
    with desk.database.write() as session:
        encrypting.begin(session)
    rows = sum(encrypting.seal_table(desk.database, table) for table in sealed_tables())
    for table in encrypting_files.tables():
        encrypting_files.seal_files(desk.database, blobs, table, desk.now)
    with desk.database.write() as session:
        fill(session)
        assert encrypting.finish(session)
    return rows


def test_plain_is_read_then_sealed_and_reads_the_same(earlier: Desk, tmp_path: Path) -> None:
    desk, blobs = earlier, DiskBlobs(tmp_path / "plain", earlier.database.sealing)
    case, file, draft = written(desk, blobs)
    assert "髙橋" in "".join(raw(desk, "answers", "submission"))
    assert (blobs.folder / blobs.keys()[0][:2] / blobs.keys()[0]).read_bytes().startswith(b"%PDF")
    with desk.database.read() as session:
        before = cases.view(session, desk.people.sato, case)
        assert doctor.run(session, blobs) == []
    assert found(desk, "髙橋") == {case}
    assert convert(desk, blobs) > 5
    for table, columns in sealed_tables().items():
        for column in columns:
            held = [one for one in raw(desk, f'"{column.name}"', table.name) if one is not None]
            assert all(one.startswith(FORM) for one in held), column
    with desk.database.read() as session:
        assert cases.view(session, desk.people.sato, case) == before
        assert drafts.load(session, desk.people.hanako, draft).answers == ANSWERS["permit"]
        assert doctor.run(session, blobs) == []
        assert session.scalars(select(Attachment.blob_secret)).one()
    assert read(desk, blobs, desk.people.hanako, case, file) == pdf()
    assert found(desk, "髙橋") == {case}
    assert "髙橋" not in "".join(raw(desk, "term", "search_term"))
    assert convert(desk, blobs) == 0


def test_between_the_two_both_are_found_and_read(earlier: Desk, blobs: DiskBlobs) -> None:
    desk = earlier
    first = desk.received(name="髙橋 花子")
    with desk.database.write() as session:
        encrypting.begin(session)
    second = desk.received(name="髙橋 太郎")
    assert found(desk, "髙橋") == {first, second}
    with desk.database.read() as session:
        assert "submission" in encrypting.plain_tables(session)
        assert doctor.run(session) == []
    with desk.database.write() as session:
        assert not encrypting.finish(session)


def test_it_goes_on_where_it_was_stopped(earlier: Desk) -> None:
    desk = earlier
    for number in range(5):
        desk.draft(name=f"人 {number}")
    with desk.database.write() as session:
        encrypting.begin(session)
        done = encrypting.seal_portion(session, Draft.__table__, None, 2)
    assert (done.looked_at, done.sealed) == (2, 2)
    with desk.database.write() as session:
        assert encrypting.seal_portion(session, Draft.__table__, None, 2).sealed == 0
    assert encrypting.seal_table(desk.database, Draft.__table__) == 3


def test_what_is_frozen_may_be_sealed_and_nothing_else(earlier: Desk, blobs: DiskBlobs) -> None:
    desk = earlier
    written(desk, blobs)
    for change in (
        "UPDATE submission SET answers = 'other'",
        "UPDATE submission SET answers = 'sealed:1:x', language = 'en'",
        "UPDATE status_history SET note = 'sealed:1:x' WHERE note IS NULL",
        "UPDATE case_message SET text = 'other'",
        "UPDATE case_note SET text = NULL",
        "DELETE FROM case_note",
        "DELETE FROM submission",
    ):
        with pytest.raises(DBAPIError, match="append-only"), desk.database.write() as session:
            session.execute(text(change))
    convert(desk, blobs)
    for change in ("UPDATE submission SET answers = 'plain'", "UPDATE submission SET answers = 'sealed:1:another'"):
        with pytest.raises(DBAPIError, match="append-only"), desk.database.write() as session:
            session.execute(text(change))
    with desk.database.write() as session:
        session.execute(update(CaseMessage).values(settled_at=desk.now + timedelta(days=1)))


def test_a_value_without_an_owner_is_never_written(desk: Desk) -> None:
    case = desk.draft()
    this = update(Draft.__table__).where(Draft.application_id == case)
    with pytest.raises(Exception, match=WhoseIsIt.__name__), desk.database.write() as session:
        session.execute(this.values(answers="{}"))


def test_sealed_in_another_case_is_found_by_the_doctor(desk: Desk) -> None:
    mine, other = desk.draft(), desk.draft()
    with desk.database.write() as session:
        moved = session.execute(
            text("SELECT answers FROM draft WHERE application_id = :id"), {"id": other}
        ).scalar_one()
        change = text("UPDATE draft SET answers = :moved WHERE application_id = :id")
        session.execute(change, {"moved": moved, "id": mine})
    with desk.database.read() as session:
        assert [(one.check, one.object_id) for one in doctor.run(session)] == [("sealed_elsewhere", f"draft {mine}")]


def test_the_master_key_is_changed_while_cases_go_on(desk: Desk, tmp_path: Path) -> None:
    url = desk.database.engine.url.render_as_string(hide_password=False)
    ring = Ring(tmp_path / "ring.json")
    old = ring.add()
    running, other = opened(url), opened(url)
    for database in (running, other):
        object.__setattr__(database, "ring", Ring(ring.file))
    desk.database = running
    first = desk.received()
    new = ring.add()
    second = desk.received()
    with other.read() as session:
        assert wraps(session)[old] >= 1
        assert wraps(session)[new] == 1
        before = cases.view(session, desk.people.sato, first)
    with running.write() as session:
        assert rewrap_portion(session, ring, limit=1) == 1
    assert rewrap(running) == 1  # the key of searches
    assert rewrap(running) == 0
    with other.read() as session:
        assert wraps(session) == {new: 3}
    ring.drop(old)
    with other.read() as session:
        assert cases.view(session, desk.people.sato, first) == before
        assert cases.view(session, desk.people.sato, second).answers["name"]
        assert doctor.run(session) == []
    running.close()
    other.close()


def test_the_doctor_tells_of_keys_that_do_not_open_and_of_plain_text(desk: Desk) -> None:
    case, draft = desk.received(), desk.draft()
    with desk.database.write() as session:
        session.execute(update(CaseKey).where(CaseKey.holder == case).values(wrapped="AAAA" * 20))
        change = text("UPDATE draft SET answers = '{}' WHERE application_id = :id")
        session.execute(change, {"id": draft})
    with desk.database.read() as session:
        told = {one.check for one in doctor.run(session)}
        assert {"key_broken", "plain_left"} <= told
        with pytest.raises(MasterMissing):
            cases.view(session, desk.people.sato, case)
        assert session.get_one(Application, draft).owner


def test_terms_are_found_by_their_beginnings_alone(desk: Desk) -> None:
    case = desk.received(name="佐々木 希")
    desk.received(name="佐藤 希美")
    assert found(desk, "佐々") == {case}
    assert found(desk, "々木") == set()
    with desk.database.read() as session:
        kept = session.scalars(select(SearchTerm.term)).all()
    assert not any("佐" in term for term in kept)
