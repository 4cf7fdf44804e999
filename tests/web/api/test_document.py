"""The document says what the code does: every route, every procedure, and nothing that breaks it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from engine.submission_schema import submission_schema
from procedures import library
from tests.web.api.attacking import attack, operations
from tests.web.api.system import System
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import faults
from web.api.document import document
from web.api.frame import BASE, OPERATIONS

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def told(app: Flask, casework: Casework) -> dict[str, Any]:
    """The document, with two procedures."""
    for spec in (DOG, TAX):
        casework.publish(spec)
    return app.test_client().get("/api/v1/openapi.json").get_json()


def test_every_route_is_in_it(app: Flask, told: dict[str, Any]) -> None:
    there = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(BASE + "/") and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    written = {(path, method) for path, item in told["paths"].items() for method in item}
    submitting = f"{BASE}/procedures/{{procedure_id}}/submissions"
    assert there - written == {(submitting, "post")}
    assert {path for path, _ in written - there} == {
        f"{BASE}/procedures/{one}/submissions" for one in ("dog-registration", "metropolitan-tax-certificate")
    }


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(inner)


def test_every_reference_leads_somewhere_and_every_schema_is_one(told: dict[str, Any]) -> None:
    schemas = told["components"]["schemas"]
    names = {node["$ref"].removeprefix("#/components/schemas/") for node in _nodes(told) if "$ref" in node}
    assert names <= set(schemas)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    ids = [item["operationId"] for path in told["paths"].values() for item in path.values()]
    assert len(set(ids)) == len(ids)


def test_the_schema_in_it_takes_what_the_procedures_own_takes(casework: Casework, told: dict[str, Any]) -> None:
    with casework.database.read() as session:
        found = [one.procedure for one in library.offered(session, casework.now.date())]
    for procedure in found:
        inside = {"$ref": f"#/components/schemas/procedure.{procedure.id}", "components": told["components"]}
        theirs, own = Draft202012Validator(inside), Draft202012Validator(submission_schema(procedure))
        for scenario in procedure.scenarios:
            for answers in (scenario.answers, {**scenario.answers, "x": 1}, dict(list(scenario.answers.items())[1:])):
                assert theirs.is_valid(answers) == own.is_valid(answers)


def test_the_document_does_not_change_by_itself(app: Flask, told: dict[str, Any]) -> None:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.get_json() == told
    same = app.test_client().get("/api/v1/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304
    assert document([], "http://localhost", "x")["paths"]


@pytest.mark.parametrize("language", ["ja", "en", "ko"])
def test_the_page_is_sound_and_loads_nothing_from_elsewhere(app: Flask, told: dict[str, Any], language: str) -> None:
    page = app.test_client().get("/api/docs", headers={"Accept-Language": language})
    assert faults(page) == []
    assert "dog-registration" in page.text
    assert 'id="answers"' in page.text, "where the type of a problem leads"


def test_nothing_that_it_describes_can_be_broken(app: Flask, casework: Casework, system: Callable[..., System]) -> None:
    """Two examples of each; `python -m tests.benchmarks.api` has many, of every procedure."""
    casework.publish(TAX)
    client, statuses = system(), []
    client.authorize()
    done = [attack(one, client.headers, 2, 1, statuses) for one in operations(app)]
    assert len(done) == len(OPERATIONS)
    assert all(one.asked for one in done)
    assert "200" in statuses
