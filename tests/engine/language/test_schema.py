"""The editor's JSON Schema is what the language declares, and judges specs as the engine does."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.language import concepts_schema, procedure_schema, tariff_schema
from engine.problems import Report
from engine.source import read
from tests.engine.language.schemas import COMMAND, files
from tests.engine.language.specs import CONCEPTS, FEATURES, MISTAKES, REAL, SPECS
from tests.house.tree import ROOT

PROCEDURE = Draft202012Validator(procedure_schema())

# Mistakes that are a matter of shape, and that a JSON Schema can say.
SHARED = [*SPECS.glob("features/tariffs/*.yaml"), *ROOT.glob("procedure_specs/tariffs/*.yaml")]
OF_SHAPE = [
    "unknown-key",
    "missing-key",
    "wrong-type",
    "unknown-value",
    "out-of-range",
    "bad-name",
    "empty",
    "no-japanese",
    "unknown-language",
    "repeated",
    "bad-form",
]


def plain(path: Path) -> Any:
    root = read(path.read_bytes(), Report(path.name))
    assert root is not None
    return root.plain()


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_the_committed_schema_is_the_declared_one(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == files()[path], f"run {COMMAND}"


@pytest.mark.parametrize(
    "schema", [procedure_schema(), concepts_schema(), tariff_schema()], ids=["procedure", "concepts", "tariff"]
)
def test_it_is_json_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", [*REAL, *FEATURES], ids=lambda path: path.stem)
def test_editors_accept_what_is_right(path: Path) -> None:
    assert [error.message for error in PROCEDURE.iter_errors(plain(path))] == []


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_editors_accept_tariffs(path: Path) -> None:
    assert [error.message for error in Draft202012Validator(tariff_schema()).iter_errors(plain(path))] == []


def test_editors_accept_the_concepts() -> None:
    assert Draft202012Validator(concepts_schema()).is_valid(plain(CONCEPTS))


@pytest.mark.parametrize("path", [path for path in MISTAKES if path.stem in OF_SHAPE], ids=lambda path: path.stem)
def test_editors_underline_mistakes_of_shape(path: Path) -> None:
    assert not PROCEDURE.is_valid(plain(path))


def test_editors_explain_every_key() -> None:
    schema = procedure_schema()
    for name, definition in [("procedure", schema), *schema["$defs"].items()]:
        for key, value in definition.get("properties", {}).items():
            assert value.get("description"), f"{name}.{key}"
