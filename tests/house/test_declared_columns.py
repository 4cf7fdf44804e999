"""Every column that can hold words is sealed, or says why it stands in clear."""

import pytest
from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

import payments.models  # noqa: F401 - its tables join the same metadata
from procedures.keeping.declared import BY_COLUMN, BY_NAME, undeclared
from procedures.keyring.columns import holder_of, sealed_tables
from procedures.models import Base
from procedures.models.base import JsonText, UtcDateTime
from procedures.models.sealed import SealedJson, SealedText

TABLES = Base.metadata.sorted_tables


def test_every_column_of_text_is_declared() -> None:
    found = [place for table in TABLES for place in undeclared(table)]
    assert found == [], (
        "Nobody has said what these hold. What residents or staff write about a case is SealedText or SealedJson "
        "(procedures/models/sealed.py), written with of(holder, value); anything else is declared, with why it stands "
        "in clear, in procedures/keeping/declared.py."
    )


@pytest.mark.parametrize("kind", [Text(), String(20), JsonText(), JSON(), LargeBinary()], ids=repr)
@pytest.mark.parametrize("name", ["note", "text", "name", "address", "words", "answers", "comment"])
def test_a_new_column_that_can_hold_words_has_to_be_declared(name: str, kind: TypeEngine[object]) -> None:
    table = Table("new", MetaData(), Column("id", Text, primary_key=True), Column(name, kind))
    assert undeclared(table) == [f"new.{name}"]


@pytest.mark.parametrize("kind", [Integer(), UtcDateTime(), SealedText("new.note"), SealedJson("new.note")], ids=repr)
def test_what_says_nothing_or_is_sealed_has_not(kind: TypeEngine[object]) -> None:
    assert undeclared(Table("new", MetaData(), Column("note", kind))) == []


def test_nothing_is_declared_that_is_not_there() -> None:
    places = {f"{table.name}.{column.name}" for table in TABLES for column in table.c}
    assert BY_COLUMN.keys() <= places
    assert BY_NAME.keys() <= {place.partition(".")[2] for place in places}


def test_each_sealed_column_is_bound_to_its_own_place() -> None:
    for table, columns in sealed_tables().items():
        for column in columns:
            assert isinstance(column.type, SealedText)
            assert column.type.place == f"{table.name}.{column.name}", "the place is told wrongly"


def test_of_each_sealed_row_it_is_known_whose_it_is() -> None:
    assert all(holder_of(table) is not None for table in sealed_tables())
    assert len(sealed_tables()) > 30
