"""The official suite of JSON Schema 2020-12, where it is at hand: our reference passes what the standard one does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from engine.validation.dialect import Validator
from engine.validation.quick import quick_test
from tests.house.tree import ROOT

SUITE = ROOT.parent / "shared" / "corpus" / "json-schema-test-suite"
FILES = sorted((SUITE / "tests" / "draft2020-12").glob("*.json"))
FOREIGN = r"\p{Letter}"  # the linear-time engine writes \p{L}; what it does not take is refused when compiling

pytestmark = pytest.mark.skipif(not FILES, reason="the JSON Schema test suite is not beside this repository")


def remotes() -> Registry[Any]:
    """The schemas that some cases refer to."""
    found = {
        f"http://localhost:1234/{path.relative_to(SUITE / 'remotes').as_posix()}": json.loads(path.read_text())
        for path in (SUITE / "remotes").rglob("*.json")
    }
    resources = [(uri, Resource.from_contents(schema, DRAFT202012)) for uri, schema in found.items()]
    return Registry().with_resources(resources)


def cases(path: Path) -> Iterator[tuple[str, Any, Any, bool]]:
    for group in json.loads(path.read_text(encoding="utf-8")):
        for case in group["tests"]:
            yield f"{group['description']}: {case['description']}", group["schema"], case["data"], case["valid"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_keyword(path: Path) -> None:
    registry = remotes()
    wrong = []
    for name, schema, data, valid in cases(path):
        if FOREIGN in repr(schema).replace("\\\\", "\\"):
            continue
        ours = Validator(schema, registry=registry).is_valid(data)
        standard = Draft202012Validator(schema, registry=registry).is_valid(data)
        quick = quick_test(schema) if isinstance(schema, dict) else None
        if (ours != valid and standard == valid) or (quick is not None and quick(data) and not valid):
            wrong.append(name)
    assert wrong == []
