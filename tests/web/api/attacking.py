"""Schemathesis reads the API's own document and tries to break what it describes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

DOCUMENT = "/api/v1/openapi.json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@dataclass(frozen=True, slots=True)
class Attacked:
    """An operation, and how often it was asked."""

    operation: str
    asked: int


def operations(app: Flask) -> Iterator[Any]:
    """Those of the document that this application serves."""
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    # It would import what looks like a module, and a folder of ours is called like a function beside it.
    schema.config.analysis.constants.enabled = False
    for found in schema.get_all_operations():
        yield found.ok()


def attack(
    operation: Any, headers: Callable[[], Mapping[str, str]], examples: int, with_seed: int, log: list[str]
) -> Attacked:
    """Ask `examples` times as the document says, and as often as it does not say. Raises what a check finds."""
    asked = 0

    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        sent = {
            **headers(),
            "Accept-Encoding": "identity",
            **({"Idempotency-Key": uuid4().hex} if case.method == "POST" else {}),
        }
        response = case.call(headers=sent)
        log.append(f"{response.status_code}")
        case.validate_response(response, checks=CHECKS)

    for mode in MODES:
        run = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(given(case=operation.as_strategy(generation_mode=mode))(ask))
        try:
            seed(with_seed)(run)()
        except Unsatisfiable:
            if mode is GenerationMode.POSITIVE:  # where nothing is asked for, nothing can be asked wrongly
                raise
    return Attacked(operation.label, asked)
