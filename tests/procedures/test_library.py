"""Published versions never change, and the right one is in force on each day."""

from datetime import date, datetime

import pytest

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


def test_by_digest_compiles_once(database: Database, procedures: dict[str, Procedure]) -> None:
    with database.read() as session:
        first = library.by_digest(session, procedures["permit"].digest)
        assert library.by_digest(session, procedures["permit"].digest) is first
        with pytest.raises(NotFound):
            library.by_digest(session, "0" * 64)
