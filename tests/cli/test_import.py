"""`tetsuzuki import`: the spec goes to standard output or a file, what was lost is told on the side."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., tuple[int, str, str]]
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "Dog licence",
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string", "maxLength": 40}, "owner": {"$ref": "person.json#/definitions/person"}},
}
PERSON = {"definitions": {"person": {"type": "object", "properties": {"family-name": {"type": "string"}}}}}


@pytest.fixture
def source(folder: Path) -> Path:
    path = folder / "dog-licence.json"
    path.write_text(json.dumps(SCHEMA), encoding="utf-8")
    (folder / "person.json").write_text(json.dumps(PERSON), encoding="utf-8")
    return path


@pytest.mark.usefixtures("source")
def test_what_is_imported_passes_the_check(tetsuzuki: Command, folder: Path) -> None:
    place = folder / "procedure_specs" / "hokeniryo" / "dog-licence.yaml"
    words = ("--with", "person.json", "--bureau", "hokeniryo", "--output", place, "--version", "2026-05-01")
    code, out, told = tetsuzuki("import", "dog-licence.json", *words)
    assert (code, out) == (0, "")
    assert "dog-licence.json#" in told
    assert "other" not in place.read_text(encoding="utf-8")
    assert tetsuzuki("check", place)[0] == 0
    schema = json.loads(tetsuzuki("schema", place)[1])
    assert schema["required"] == ["name"]


def test_the_spec_goes_to_standard_output(tetsuzuki: Command, source: Path) -> None:
    code, out, told = tetsuzuki("import", source, "--id", "licence")
    assert code == 0
    assert "id: licence\n" in out
    assert "person.json" in told, "the document that was not given"


def test_a_file_is_never_overwritten(tetsuzuki: Command, source: Path) -> None:
    before = source.read_text(encoding="utf-8")
    code, _, told = tetsuzuki("import", source, "--output", source)
    assert code == 2
    assert str(source) in told
    assert source.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("text", "code"), [("{", 1), ("[]", 1), (None, 2)])
def test_what_is_no_schema_is_told(tetsuzuki: Command, folder: Path, text: str | None, code: int) -> None:
    if text is not None:
        (folder / "x.json").write_text(text, encoding="utf-8")
    found, out, told = tetsuzuki("import", "x.json")
    assert (found, out) == (code, "")
    assert "x.json" in told


@pytest.mark.usefixtures("source")
def test_one_definition_can_be_imported_by_itself(tetsuzuki: Command) -> None:
    code, out, _ = tetsuzuki("import", "person.json", "--start", "/definitions/person")
    assert code == 0
    assert "family_name: {type: string, title: Family name, as: /family-name, optional: true}" in out
    assert tetsuzuki("import", "person.json", "--start", "/definitions/nobody")[0] == 1


def test_a_document_can_be_given_for_an_address(tetsuzuki: Command, folder: Path) -> None:
    schema = {"type": "object", "properties": {"owner": {"$ref": "https://example.org/p/1#/definitions/person"}}}
    (folder / "x.json").write_text(json.dumps(schema), encoding="utf-8")
    (folder / "person.json").write_text(json.dumps(PERSON), encoding="utf-8")
    _, out, _ = tetsuzuki("import", "x.json", "--with", "https://example.org/p/1=person.json")
    assert "family_name" in out
