"""What is kept of a case is nowhere in clear, and once its key is gone, nowhere at all: in raw bytes."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, delete, inspect, select, text
from sqlalchemy.orm import Session

import payments.models  # noqa: F401 - its tables join the same metadata
from procedures import attachments, audit, cases, decisions, doctor, drafts, jobs, notices
from procedures.actors import SYSTEM
from procedures.amending.earlier import Earlier
from procedures.amending.earlier import pack as pack_earlier
from procedures.asides import notes, opinions
from procedures.assigning import moves
from procedures.blobs import leaving
from procedures.blobs.disk import DiskBlobs
from procedures.continuing import unfinished
from procedures.corrections import requesting, resubmitting, working
from procedures.corrections.kept import Mark
from procedures.correspondence import writing
from procedures.database import Database
from procedures.errors import NotFound
from procedures.keeping.due import due, erase_due, erased_on
from procedures.keeping.erasing import ERASED, KEPT, VIA, erase
from procedures.keeping.restored import finish_erasures
from procedures.keeping.restored import unfinished as without_key
from procedures.keyring.columns import sealed_tables
from procedures.keyring.live import KeyMissing
from procedures.keyring.owned import of
from procedures.lifecycle import lock
from procedures.models import Application, AuditEvent, Base, CaseKey, Draft, Erased, Message, SearchTerm, Submission
from procedures.models.sealed import sealed_row
from procedures.profiles import origins
from procedures.profiles.origins import Origin
from procedures.uploads import pieces
from tests.procedures.conftest import ANSWERS, Desk
from tests.ringed import opened
from tests.uploaded import pdf
from web.backups import apart

MARK = "Qz7Residual"
"""In everything that is said; short enough that no database compresses it away."""


def said(what: str) -> str:
    return f"{MARK}-{what} 髙橋"


def files_of(desk: Desk, request: pytest.FixtureRequest) -> list[Path]:
    """Every file of the database, after all was written out."""
    with desk.database.engine.connect() as connection:
        if desk.database.dialect == "sqlite":
            file = Path(str(desk.database.engine.url.database))
            return [path for path in file.parent.glob(f"{file.name}*") if path.is_file()]
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
    folder = Path(str(request.getfixturevalue("postgresql_source").server.pgdata))
    return [path for path in folder.rglob("*") if path.is_file()]


def holding(files: Iterator[Path] | list[Path], words: bytes = MARK.encode()) -> list[str]:
    """Which of these files hold the mark, in UTF-8."""
    found = []
    for path in files:
        try:
            if words in path.read_bytes():
                found.append(path.name)
        except FileNotFoundError:
            continue  # the server took it away meanwhile
    return found


def drafted(desk: Desk, blobs: DiskBlobs) -> tuple[str, str]:
    """A draft full of marks, and the file that it names."""
    hanako = desk.people.hanako
    case = desk.draft(name=said("name"), copies=0)
    content = pdf() + MARK.encode()
    with desk.database.write() as session:
        unfinished.keep(session, hanako, desk.now, case, "what", {"name": [said("typed")]}, "", 0)
        origins.save(session, case, Origin("x" * 26, {"name": said("waiting")}))
        table = Draft.__table__
        aside = of(case, pack_earlier(Earlier(said("aside"), desk.now.date(), (), ())))
        session.execute(table.update().where(table.c.application_id == case).values(earlier=aside))
    upload = desk.do(pieces.begin, hanako, case, "paper", said("upload"), len(content), sha256(content).hexdigest())
    desk.do(pieces.keep, hanako, case, upload.id, 0, 40, blobs.put((MARK * 8).encode()[:40]))
    prepared = attachments.prepare(blobs, f"{said('file')}.pdf", pdf(), ["application/pdf"])
    return case, desk.do(attachments.add, hanako, case, "paper", prepared)


def led_through(desk: Desk, blobs: DiskBlobs) -> str:
    """A case that was written about in every way, and approved."""
    people = desk.people
    case, file = drafted(desk, blobs)
    desk.do(drafts.save, people.hanako, case, {**ANSWERS["permit"], "name": said("n"), "copies": 0, "paper": [file]}, 2)
    desk.submit(case, revision=3)
    desk.do(cases.claim, people.sato, case)
    desk.do(writing.from_applicant, people.hanako, case, said("message"), "1")
    desk.do(writing.from_office, people.sato, case, said("answer"), "2", 1)
    desk.do(notes.write, people.sato, case, said("note"), "3")
    day = opinions.earliest_day(desk.now.date()) + timedelta(days=5)
    desk.do(opinions.ask, people.sato, case, "zeimu", said("question"), day, "4", frozenset({"zeimu", "hokenjo"}))
    marks = [Mark(("name",), said("why"))]
    desk.do(requesting.request, people.sato, case, marks, said("words"), day)
    desk.do(working.save, people.hanako, case, ("name",), said("corrected"), 1)
    desk.do(resubmitting.resubmit, people.hanako, case, 2, said("seen"), said("remark"))
    proposal = desk.do(decisions.propose, people.sato, case, "approve", (), said("reasons"))
    desk.do(decisions.send_back, people.suzuki, case, proposal, said("back"))
    desk.approve(case, desk.do(decisions.propose, people.sato, case, "approve", (), said("again")))
    with desk.database.write() as session:
        moves.write(session, SYSTEM, desk.now, lock(session, case), "automatic", reason=said("move"))
        row = {"id": "m1", "application_id": case, "job_id": "j1", "kind": "received", "language": "ja"}
        row |= {"subject": said("subject"), "body": said("body"), "channel": "mail", "sent_at": desk.now}
        session.execute(Message.__table__.insert(), sealed_row(case, Message, row))
        table = Application.__table__
        session.execute(table.update().where(table.c.id == case).values(contact_email=of(case, said("mail"))))
    return case


def test_nothing_is_in_clear_before_and_nothing_is_readable_after(
    desk: Desk, blobs: DiskBlobs, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    case = led_through(desk, blobs)
    other = desk.received(name="葛󠄀西 太郎")
    with desk.database.read() as session:
        assert session.scalars(select(Submission.answers)).first() is not None
        assert doctor.run(session, blobs) == []
    kept = list(blobs.folder.rglob("*"))
    assert holding(files_of(desk, request)) == []
    assert holding([path for path in kept if path.is_file()]) == []
    with desk.database.write() as session:
        count = erase(session, desk.now, case, "retention")
        assert count > 15
        assert erase(session, desk.now, case, "retention") == 0
    while jobs.run_one(desk.database, lambda: desk.now, "w", _handlers(blobs)):
        pass
    with desk.database.read() as session:
        assert doctor.run(session, blobs) == []
        assert session.get_one(Application, case).owner == "erased"
        link = session.scalars(select(AuditEvent).where(AuditEvent.action == "case.erase")).one()
        assert (link.object_id, str(count) in (link.note or "")) == (case, True)
        for table in ERASED:
            if table not in VIA:
                here = Base.metadata.tables[table]
                assert not session.execute(select(here).where(here.c.application_id == case)).first(), table
        with pytest.raises(NotFound):
            cases.view(session, desk.people.sato, case)
        with pytest.raises(NotFound):
            drafts.load(session, desk.people.hanako, case)
        assert cases.view(session, desk.people.sato, other).answers["name"] == "葛󠄀西 太郎"
    assert holding(files_of(desk, request)) == []


def _handlers(blobs: DiskBlobs) -> dict[str, jobs.Handler]:
    return {"blob.delete": leaving.handler(blobs), "notice.send": lambda *_: None}


def test_a_backup_made_before_is_unreadable_after(desk: Desk, blobs: DiskBlobs, tmp_path: Path) -> None:
    if desk.database.dialect != "sqlite":
        pytest.skip("the copy of one file stands for all: what counts is that the keys are not in it")
    case = led_through(desk, blobs)
    other = desk.received()
    copy, bytes_kept = tmp_path / "backup.db", tmp_path / "blobs-copy"
    shutil.copytree(blobs.folder, bytes_kept)
    with desk.database.engine.connect() as connection:
        connection.connection.driver_connection.execute(f"VACUUM INTO '{copy}'")
    backup = opened(f"sqlite:///{copy}")
    with backup.write() as session:
        session.execute(delete(CaseKey))
    with desk.database.write() as session:
        erase(session, desk.now, case, "retention")
    with desk.database.read() as session:
        newest = apart.dump(session.connection(), tmp_path / "case-keys.jsonl")
    with backup.write() as session:
        assert apart.load(session.connection(), tmp_path / "case-keys.jsonl") == newest
    with backup.read() as session:
        query = select(Submission.answers).where(Submission.application_id == other)
        assert session.scalars(query).one()
        assert without_key(session, 10) == [case]
        assert [one.check for one in doctor.run(session) if one.object_id == case] == ["key_missing"]
        for table, columns in sealed_tables().items():
            if "application_id" in table.c and table.name not in KEPT:
                for column in columns:
                    query = select(column).where(table.c.application_id == case, column.is_not(None))
                    assert unreadable(session, query), column
    with backup.write() as session:
        assert finish_erasures(session, desk.now, 10) == 1
        assert finish_erasures(session, desk.now, 10) == 0
    with backup.read() as session:
        assert session.get_one(Erased, case).rule == "restored"
        assert not doctor.run(session)
    assert holding([copy, *(path for path in bytes_kept.rglob("*") if path.is_file())]) == []
    backup.close()


def unreadable(session: Session, query: Select[Any]) -> bool:
    """Whether there is nothing to read, or nothing that can be."""
    try:
        return session.execute(query).first() is None
    except KeyMissing:
        return True


def test_every_table_that_names_a_case_is_erased_or_kept_for_a_reason() -> None:
    named = {table.name for table in Base.metadata.sorted_tables if "application_id" in table.c}
    assert named | set(VIA) | {"application"} == set(ERASED) | KEPT, (
        "A table names a case and nobody has said what becomes of its rows: put it into "
        "procedures/keeping/erasing.py, under ERASED, or under KEPT where it holds nothing personal."
    )
    place = {name: at for at, name in enumerate(ERASED)}
    for name in ERASED:
        for key in Base.metadata.tables[name].foreign_keys:
            above = key.column.table.name
            assert above not in place or place[above] >= place[name], f"{name} points to {above}: it goes first"
    for table in Base.metadata.sorted_tables:
        if table.name not in place:
            assert not {key.column.table.name for key in table.foreign_keys} & set(ERASED), table.name


def test_the_database_keeps_what_was_not_erased(desk: Desk) -> None:
    case = desk.received()
    with pytest.raises(Exception, match="append-only"), desk.database.write() as session:
        session.execute(Submission.__table__.delete().where(Submission.application_id == case))
    with desk.database.write() as session:
        erase(session, desk.now, case, "retention")


@pytest.mark.parametrize(
    ("ended", "years", "goes"),
    [("2026-03-31", 1, "2027-04-01"), ("2026-04-01", 1, "2028-04-01"), ("2026-05-01", 5, "2032-04-01")],
)
def test_a_case_is_kept_from_the_first_of_april_after_its_end(ended: str, years: int, goes: str) -> None:
    from datetime import date

    assert erased_on(date.fromisoformat(ended), years) == date.fromisoformat(goes)


def test_what_is_kept_long_enough_goes_and_nothing_else(desk: Desk) -> None:
    """A permit is kept for five years: one that ended on 1 May 2026 goes on 1 April 2032."""
    decided, proposal = desk.proposed("refuse", ("R1",))
    desk.approve(decided, proposal)
    waiting, draft = desk.received(), desk.draft()
    thrown_away = desk.draft()
    with desk.database.write() as session:
        from procedures import applications

        applications.withdraw(session, desk.people.hanako, desk.now, thrown_away)
    last = erased_on(desk.now.date(), 5)
    before = desk.now.replace(year=last.year, month=3, day=31, hour=14)
    with desk.database.read() as session:
        assert due(session, desk.now + timedelta(days=29), 10) == {}
        assert due(session, desk.now + timedelta(days=31), 10) == {thrown_away: "unsent"}
        assert due(session, before, 10) == {thrown_away: "unsent"}
        assert due(session, before + timedelta(hours=2), 10) == {thrown_away: "unsent", decided: "retention"}
    with desk.database.write() as session:
        assert erase_due(session, before + timedelta(days=3), 10) == 2
        assert erase_due(session, before + timedelta(days=3), 10) == 0
        left = {row for row in session.scalars(select(CaseKey.holder)) if row != "search"}
        assert left == {waiting, draft}
        assert audit.verify(session) == []
        assert not session.scalars(select(SearchTerm).where(SearchTerm.application_id == decided)).all()


def test_the_words_of_a_notice_are_still_told_before_the_case_goes(desk: Desk) -> None:
    case = desk.received()
    with desk.database.write() as session:
        notices.queue(session, desk.now, "withdrawn", case)
        erase(session, desk.now, case, "retention")
    with desk.database.read() as session:
        row = session.get_one(Application, case)
        assert (row.contact_email, row.office) == (None, None)


def test_a_failed_erasure_erases_nothing(desk: Desk) -> None:
    case = desk.received()

    def interrupted(database: Database) -> None:
        with database.write() as session:
            erase(session, desk.now, case, "retention")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted(desk.database)
    with desk.database.read() as session:
        assert session.get(Erased, case) is None
        assert cases.view(session, desk.people.sato, case).answers["name"] == "髙橋 𠮷子"
        assert "case_key" in inspect(desk.database.engine).get_table_names()
