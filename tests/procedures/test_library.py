"""Published versions never change, and the right one is in force on each day."""

from datetime import date, datetime

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.model import Procedure
from procedures import audit, library
from procedures.actors import Actor
from procedures.database import Database
from procedures.errors import NotFound, VersionTaken
from procedures.models import PublishedProcedure
from tests.procedures.conftest import SPECS

SOURCE = (SPECS / "notice.yaml").read_text()


def publish(database: Database, now: datetime, actor: Actor, source: str = SOURCE) -> library.Published:
    with database.write() as session:
        return library.publish(session, actor, now, source, "notice.yaml", "")


def test_the_same_again_is_nothing_new(database: Database, now: datetime, kimura: Actor) -> None:
    assert publish(database, now, kimura).new
    assert not publish(database, now, kimura).new
    with database.read() as session:
        assert audit.verify(session) == []


def test_a_published_version_never_changes(database: Database, now: datetime, kimura: Actor) -> None:
    publish(database, now, kimura)
    with pytest.raises(VersionTaken):
        publish(database, now, kimura, SOURCE.replace("maxLength: 40", "maxLength: 41"))


def test_mistakes_are_not_published(database: Database, now: datetime, kimura: Actor) -> None:
    with pytest.raises(library.NotPublishable) as error:
        publish(database, now, kimura, SOURCE.replace("when: more", "when: mroe"))
    assert error.value.problems
    with database.read() as session:
        assert library.offered(session, date(2026, 5, 1)) == []


def test_each_day_has_its_version(database: Database, now: datetime, kimura: Actor) -> None:
    publish(database, now, kimura)
    publish(database, now, kimura, SOURCE.replace("version: 2026-04-01", "version: 2026-06-01"))
    with database.read() as session:
        found = [library.in_force(session, "notice", date(2026, month, 1)) for month in (4, 5, 6, 7)]
        assert [one.procedure.version.month for one in found] == [4, 4, 6, 6]
        with pytest.raises(NotFound):
            library.in_force(session, "notice", date(2026, 3, 31))
        with pytest.raises(NotFound):
            library.in_force(session, "unknown", date(2026, 5, 1))
        assert [one.procedure.version.month for one in library.offered(session, date(2026, 6, 1))] == [6]


def test_a_suspended_procedure_is_told_to_be(database: Database, now: datetime, kimura: Actor) -> None:
    digest = publish(database, now, kimura).procedure.digest
    with database.write() as session:
        session.get_one(PublishedProcedure, digest).suspended = True
    with database.read() as session:
        assert [(one.procedure.id, one.suspended) for one in library.offered(session, date(2026, 5, 1))] == [
            ("notice", True)
        ]
        assert library.in_force(session, "notice", date(2026, 5, 1)).suspended


TARIFF = """\
title: 写しの費用
law: 条例別表
rates: {bw: {title: 白黒, yen: [{from: 2020-01-01, amount: 10}]}}
"""
FEES = """\
fees:
  due: submission
  lines: {copy: {title: 写し, account: "1", tariff: copies.bw}}
"""


def test_it_is_priced_for_ever_by_the_tariff_of_its_day(database: Database, now: datetime, kimura: Actor) -> None:
    files = {"tariffs/copies.yaml": TARIFF, "tariffs/other.yaml": TARIFF}
    with database.write() as session:
        found = library.publish(session, kimura, now, SOURCE + FEES, "notice.yaml", "", files)
    with database.read() as session:
        row = session.get_one(PublishedProcedure, found.procedure.digest)
        assert row.shared == {"tariffs/copies.yaml": TARIFF}
        library._COMPILED.clear()
        read = library.by_digest(session, found.procedure.digest)
    assert read.digest == found.procedure.digest
    assert read.fees == found.procedure.fees


def test_another_tariff_is_other_content(database: Database, now: datetime, kimura: Actor) -> None:
    with database.write() as session:
        library.publish(session, kimura, now, SOURCE + FEES, "notice.yaml", "", {"tariffs/copies.yaml": TARIFF})
        dearer = {"tariffs/copies.yaml": TARIFF.replace("amount: 10", "amount: 20")}
        with pytest.raises(VersionTaken):
            library.publish(session, kimura, now, SOURCE + FEES, "notice.yaml", "", dearer)


def test_without_its_tariff_it_is_not_published(database: Database, now: datetime, kimura: Actor) -> None:
    with database.write() as session, pytest.raises(library.NotPublishable) as error:
        library.publish(session, kimura, now, SOURCE + FEES, "notice.yaml", "")
    assert [problem.code for problem in error.value.problems if problem.severity == "error"] == ["unknown-tariff"]


def test_what_an_earlier_release_published_is_read(database: Database, now: datetime, kimura: Actor) -> None:
    """Without the column of shared files, and without what is a mistake only since."""
    source = SOURCE + FEES.replace(
        "tariff: copies.bw", "law: 条例, count: 3 / 2, yen: [{from: 2020-01-01, amount: 10}]"
    )
    compiled = compile_procedure(source, "notice.yaml", Concepts.empty(), checked=False).procedure
    assert compiled is not None
    row = PublishedProcedure(
        digest=compiled.digest,
        procedure_id=compiled.id,
        version=compiled.version,
        file="notice.yaml",
        source=source,
        concepts="",
        published_at=now,
        published_by="system",
    )
    with database.write() as session:
        session.add(row)
    with database.read() as session:
        assert library.by_digest(session, compiled.digest).digest == compiled.digest


def test_by_digest_compiles_once(database: Database, procedures: dict[str, Procedure]) -> None:
    with database.read() as session:
        first = library.by_digest(session, procedures["permit"].digest)
        assert library.by_digest(session, procedures["permit"].digest) is first
        with pytest.raises(NotFound):
            library.by_digest(session, "0" * 64)
