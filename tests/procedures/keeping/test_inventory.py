"""The inventory says of everything that is kept what it is, why, how long and who sees it."""

from dataclasses import astuple

import pytest

import payments.models  # noqa: F401 - its tables are in it
from engine.model import Procedure
from procedures.keeping.inventory import of_columns, of_procedure
from procedures.keyring.columns import sealed_tables


@pytest.mark.sqlite_only
def test_every_question_is_in_it_with_why_and_how_long(procedures: dict[str, Procedure]) -> None:
    found = {one.where: one for one in of_procedure(procedures["permit"], "en")}
    assert found.keys() == {"permit/name", "permit/copies", "permit/paper"}
    name = found["permit/name"]
    assert (name.what, name.purpose, name.law, name.privacy) == ("Name", "Permit", "試験条例第2条", "not_stated")
    assert name.kept.startswith("5 years")
    assert "Bureau of Public Health" in name.seen_by


def test_every_sealed_column_is_in_it_and_what_stands_in_clear_of_people() -> None:
    found = {one.where: one for one in of_columns("ja")}
    sealed = {f"{table.name}.{column.name}" for table, columns in sealed_tables().items() for column in columns}
    assert {place for place in sealed if not place.endswith(".blob_secret")} <= found.keys()
    assert {"person.name", "person.email", "contact_code.address"} <= found.keys()
    assert found["message.body"].kept == "案件と同じ"
    assert found["receipt.addressee"].kept != found["message.body"].kept
    assert all(isinstance(cell, str) for one in found.values() for cell in astuple(one))
