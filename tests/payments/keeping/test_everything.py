"""Everything that can hold something personal is filled, then erased: what can still be read is what the list says."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from payments.jobs import periodic
from payments.keeping import HOLDS
from procedures import doctor, jobs
from procedures.blobs import leaving
from procedures.blobs.disk import DiskBlobs
from procedures.keeping import short_lived
from procedures.keeping.due import due, erased_on
from procedures.keeping.erasing import ERASED, VIA, erase
from procedures.keeping.retention import FOR_GOOD, OUTLIVES, TABLES
from procedures.keyring.columns import sealed_tables
from procedures.models import Application, Base, CaseKey, Person
from procedures.periodics import Means, periodics
from tests.payments.keeping.readable import places_with
from tests.payments.keeping.rows import MARK, said
from tests.payments.keeping.story import HANAKO, Story
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till
from tests.procedures.keeping.test_erasing import files_of, holding
from tests.ringed import opened
from web.backups import apart

SAYS_NOTHING = {"submission.quote"}
"""Sealed, but made of the words and numbers of the procedure alone."""
SEALED_MARKS = ("answer", "message", "note", "opinion", "reasons", "mail", "seen", "remark", "claim", "addressee")
CLEAR_MARKS = ("theirs", "waiver", "facts")
PLAIN_OF_A_CASE = {"received_submission.their_reference", "waiver_request.reasons", "batch_item.facts"}
"""In clear while the case is there, and gone with it."""


@pytest.fixture
def story(counter: Till, scripted: ScriptedProvider, tmp_path: Path) -> Story:
    return Story(counter, scripted, DiskBlobs(tmp_path / "blobs"))


def readable(story: Story) -> set[str]:
    with story.till.database.read() as session:
        return places_with(session, story.blobs, MARK)


def work(story: Story, now: datetime) -> None:
    """What the worker does at a moment: all its tasks of keeping, then the jobs that come of it."""
    rules = {rule.by for rule in TABLES.values()}
    for task in (*periodics(Means(story.blobs, holds=HOLDS)), *periodic(story.provider)):
        if task.name in rules:
            task.run(story.till.database, now)
    known = {"blob.delete": leaving.handler(story.blobs)}
    while jobs.run_one(story.till.database, lambda: now, "worker", known):
        pass


def sick(story: Story) -> set[str]:
    with story.till.database.read() as session:
        return {one.check for one in doctor.run(session)}


def lying(files: Iterable[Path], places: Iterable[str]) -> set[str]:
    """Of which of these places the mark lies in the bytes of a file; each file is read once."""
    found: set[str] = set()
    for path in files:
        with suppress(FileNotFoundError):  # the server took it away meanwhile
            content = path.read_bytes()
            if MARK.encode() in content:
                found |= {place for place in places if said(place).encode() in content}
    return found


def kept_files(story: Story) -> list[Path]:
    return [path for path in story.blobs.folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


def test_after_the_case_is_erased_only_what_the_list_says_can_be_read(
    story: Story, request: pytest.FixtureRequest
) -> None:
    case = story.tell()
    before, of_made_up_rows = readable(story), sick(story)
    sealed = {f"{table.name}.{column.name}" for table, columns in sealed_tables().items() for column in columns}
    assert {place for place in sealed if not place.endswith(".blob_secret")} - before == SAYS_NOTHING
    assert before - sealed - OUTLIVES.keys() - PLAIN_OF_A_CASE <= {f"{table}.bytes" for table in ERASED}
    empty = [table for table in ERASED if not _rows(story, table)]
    assert empty == [], "Nothing is filled in here: let the story do so."
    with story.till.database.write() as session:
        erase(session, story.now, case, "retention")
    assert readable(story) == set(OUTLIVES), (
        "What is readable after an erasure is not what procedures/keeping/retention.py says under OUTLIVES."
    )
    files = len(kept_files(story))
    work(story, story.now)
    assert files - len(kept_files(story)) == 4, "a file, a piece of one, a letter and a certificate go"
    assert sick(story) <= of_made_up_rows
    short_lived.write_through(story.till.database)
    assert holding(kept_files(story)) == []
    # PostgreSQL keeps what was in clear in its files until they are vacuumed, and its log until it is recycled.
    wanted = SEALED_MARKS + (CLEAR_MARKS if story.till.database.dialect == "sqlite" else ())
    assert lying(files_of(story.till.desk, request), wanted) == set()


def test_of_an_older_backup_no_more_can_be_read(story: Story, tmp_path: Path) -> None:
    if story.till.database.dialect != "sqlite":
        pytest.skip("the copy of one file stands for all: what counts is that the keys are not in it")
    case = story.tell()
    copy, then = tmp_path / "backup.db", DiskBlobs(tmp_path / "then")
    shutil.copytree(story.blobs.folder, then.folder, dirs_exist_ok=True)
    with story.till.database.engine.connect() as connection:
        connection.connection.driver_connection.execute(f"VACUUM INTO '{copy}'")
    with story.till.database.write() as session:
        erase(session, story.now, case, "retention")
    with story.till.database.read() as session:
        apart.dump(session.connection(), tmp_path / "case-keys.jsonl")
    backup = opened(f"sqlite:///{copy}")
    with backup.write() as session:
        session.execute(delete(CaseKey))
        apart.load(session.connection(), tmp_path / "case-keys.jsonl")
    with backup.read() as session:
        assert places_with(session, then, MARK) == set(OUTLIVES) | PLAIN_OF_A_CASE
    backup.close()


def test_when_every_time_is_over_nothing_is_left_but_what_the_books_refuse_to_lose(
    story: Story, request: pytest.FixtureRequest
) -> None:
    case = story.tell()
    on = erased_on(story.now.date(), 5)
    day = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    work(story, day - timedelta(days=2))
    left = readable(story)
    assert "charge.payer" in left
    assert "submission.answers" in left
    assert not {place for place in left if TABLES[place.partition(".")[0]].by in {"client.uploads", "keeping.forget"}}
    with story.till.database.read() as session:
        assert due(session, day, 10, HOLDS) == {case: "retention"}
    for days in (0, 1, 366):
        work(story, day + timedelta(days=days))
    assert readable(story) == FOR_GOOD
    with story.till.database.read() as session:
        assert session.get_one(Application, case).owner == "erased"
        assert session.get(Person, HANAKO.id) is None
        assert set(session.scalars(select(CaseKey.holder))) <= {"search"}
    assert kept_files(story) == []
    if story.till.database.dialect == "sqlite":
        assert lying(files_of(story.till.desk, request), ["name", "email", "telephone"]) == set()


def _rows(story: Story, table: str) -> bool:
    there = Base.metadata.tables[table]
    above = Base.metadata.tables[VIA[table][1]] if table in VIA else there
    with story.till.database.read() as session:
        of_case = above.c.application_id == story.case
        query = select(there).where(of_case) if above is there else select(there).join(above).where(of_case)
        return session.execute(query.limit(1)).first() is not None
