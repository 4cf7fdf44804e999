"""Offices and their names."""

from datetime import datetime

import pytest
from sqlalchemy import select

from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.models import AuditEvent, Office
from procedures.people import offices
from procedures.people.offices import Known, OfficeRefused

HEALTH = Known("hokenjo", "髙島保健所 𠮷田分室", "Takashima Health Centre", "たかしまほけんじょ", "Uketsuke@Example.jp")


def test_names_are_kept_as_they_are_written(database: Database, now: datetime) -> None:
    with database.write() as session:
        assert offices.put(session, SYSTEM, now, HEALTH)
        assert not offices.put(session, SYSTEM, now, HEALTH)
        row = session.get(Office, "hokenjo")
        assert (row.name_ja, row.email) == ("髙島保健所 𠮷田分室", "Uketsuke@example.jp")
        assert offices.name_of(session, "hokenjo", "ja") == "髙島保健所 𠮷田分室"
        assert offices.name_of(session, "hokenjo", "easy") == "髙島保健所 𠮷田分室"
        assert offices.name_of(session, "hokenjo", "en") == "Takashima Health Centre"


@pytest.mark.sqlite_only
def test_an_office_without_a_row_shows_its_id(database: Database, now: datetime, people: dict[str, Actor]) -> None:
    with database.write() as session:
        offices.put(session, SYSTEM, now, HEALTH)
        assert offices.name_of(session, "koen", "ja") == "koen"
        assert offices.names_of(session, ["koen", "hokenjo"], "en") == {
            "koen": "koen",
            "hokenjo": "Takashima Health Centre",
        }
        assert offices.names_of(session, [], "ja") == {}
        assert [office.id for office in offices.all_known(session)] == ["hokenjo"]


@pytest.mark.sqlite_only
def test_each_change_is_one_line_of_the_log(database: Database, now: datetime) -> None:
    with database.write() as session:
        offices.put(session, SYSTEM, now, HEALTH)
        offices.put(session, SYSTEM, now, HEALTH)
        offices.put(session, SYSTEM, now, Known("hokenjo", "保健所", "Health Centre"))
        told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert told == ["office.added", "office.changed"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("office", "wrong"),
    [
        (Known("Hokenjo", "保健所", "Health Centre"), "id"),
        (Known("*", "保健所", "Health Centre"), "id"),
        (Known("", "保健所", "Health Centre"), "id"),
        (Known("hokenjo", "　 ", "Health Centre"), "name_ja"),
        (Known("hokenjo", "保健所", ""), "name_en"),
        (Known("hokenjo", "保" * 121, "Health Centre"), "name_ja"),
        (Known("hokenjo", "保健\x00所", "Health Centre"), "name_ja"),
        (Known("hokenjo", "保健所", "Health Centre", "か" * 121), "kana"),
        (Known("hokenjo", "保健所", "Health Centre", None, "not an address"), "email"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    database: Database, now: datetime, office: Known, wrong: str
) -> None:
    with database.write() as session:
        with pytest.raises(OfficeRefused) as refused:
            offices.put(session, SYSTEM, now, office)
        assert refused.value.key == wrong
        assert session.scalars(select(Office)).all() == []
