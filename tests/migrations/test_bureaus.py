"""0018 copies the bureau of what was published before out of its source."""

from datetime import date, datetime

import pytest
from sqlalchemy import text

import migrations
from procedures.database import Database

SOURCES = {
    "id: a\nbureau: hokeniryo  # in charge\n": "hokeniryo",
    'bureau: "tax-2"\nid: a\n': "tax-2",
    "id: a\ntext: |\n  bureau: wrong\nbureau: x\n": "x",
}


@pytest.mark.parametrize(("source", "bureau"), SOURCES.items())
def test_the_bureau_is_copied_out(database: Database, now: datetime, source: str, bureau: str) -> None:
    migrations.downgrade(database, "0017")
    row = {"source": source, "version": date(2026, 4, 1), "at": now.replace(tzinfo=None)}
    columns = "digest, procedure_id, version, file, source, concepts, published_at, published_by"
    with database.engine.begin() as connection:
        values = "'d', 'a', :version, 'a.yaml', :source, '', :at, 'person:x'"
        connection.execute(text(f"INSERT INTO published_procedure ({columns}) VALUES ({values})"), row)  # noqa: S608
    migrations.upgrade(database)
    with database.read() as session:
        assert session.scalar(text("SELECT bureau FROM published_procedure")) == bureau
