"""0027 registers the numbers that were given before there was a register."""

from datetime import datetime

from sqlalchemy import text

import migrations
from procedures.checks.numbers import certificates_registered, paper_numbers
from procedures.database import Database

APPLICATION = """
INSERT INTO application
(id, procedure_id, digest, status, owner, office, round, language, created_at, status_changed_at)
VALUES ('a', 'x', 'd', 'approved', 'person:hanako', 'hokenjo', 1, 'ja', :at, :at)
"""
ISSUED = """
INSERT INTO certificate (id, application_id, kind, number, issued_on, reserved_at, issued_at)
VALUES (:id, 'a', :id, :number, '2026-05-01', :at, :issued)
"""


def test_earlier_numbers_are_registered(database: Database, now: datetime) -> None:
    migrations.downgrade(database, "0026")
    at = now.replace(tzinfo=None)
    with database.engine.begin() as connection:
        if database.dialect == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text(_published()), {"at": at})
        connection.execute(text(APPLICATION), {"at": at})
        for id_, issued in (("permit", at), ("card", None)):
            number = "hoken-jo-2026-00000" + ("1" if issued else "2")
            connection.execute(text(ISSUED), {"id": id_, "number": number, "at": at, "issued": issued})
        connection.execute(text("INSERT INTO certificate_counter (office, year, last) VALUES ('hoken-jo', 2026, 2)"))
    migrations.upgrade(database)
    with database.read() as session:
        rows = session.execute(text("SELECT series, year, position, kind, about FROM paper_number ORDER BY position"))
        assert [tuple(row) for row in rows] == [
            ("hoken-jo", 2026, 1, "certificate", "permit"),
            ("hoken-jo", 2026, 2, "certificate", "card"),
        ]
        assert [*paper_numbers(session), *certificates_registered(session)] == []


def _published() -> str:
    return (
        "INSERT INTO published_procedure (digest, procedure_id, version, file, source, concepts, published_at, "
        "published_by) VALUES ('d', 'x', '2026-04-01', 'x.yaml', 'bureau: x', '', :at, 'person:kimura')"
    )
