"""JSON Schema of others: imported or refused, and what was imported compiles or says why not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tests.corpus.imports import CORPUS
from tests.engine.importing.judging import bring_in
from tests.hostile.json_spoiling import spoiled_json
from tests.hostile.target import Attack, Target

SMALL, MOST = 4_000, 60
OWN = (
    {"type": "object", "properties": {"name": {"type": "string", "maxLength": 20}}, "required": ["name"]},
    {
        "definitions": {"a": {"type": "array", "items": {"$ref": "#/definitions/b"}}, "b": {"enum": ["x", "y", 3]}},
        "properties": {"list": {"$ref": "#/definitions/a"}, "day": {"type": "string", "format": "date"}},
        "if": {"required": ["day"]},
        "then": {"required": ["list"]},
        "else": {"properties": {"list": {"maxItems": 2}}},
    },
    {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "properties": {
            "n": {"type": ["integer", "null"], "minimum": 1, "exclusiveMinimum": True, "multipleOf": 5},
            "t": {"oneOf": [{"const": 1}, {"pattern": "^[a-z]+$", "type": "string"}]},
        },
        "dependencies": {"n": ["t"]},
        "additionalProperties": False,
    },
)


def seeds() -> list[bytes]:
    """Our own, and small ones of the corpus where it lies beside the checkout."""
    found = [path.read_bytes() for path in sorted(CORPUS.glob("*/**/*.json")) if path.stat().st_size < SMALL]
    step = max(1, len(found) // MOST)
    return [*(json.dumps(one).encode() for one in OWN), *found[::step]]


def attack(source: bytes) -> frozenset[str]:
    """Why it was refused, or the kinds of its notes and problems."""
    outcome = bring_in(source, "outside.json", {})
    for note in outcome.imported.notes if outcome.imported else ():
        note.say("outside.json", "ja")
    notes = {note.key for note in outcome.imported.notes} if outcome.imported else set()
    return frozenset({outcome.refused, *notes, *(problem.code for problem in outcome.problems)})


@contextmanager
def opened() -> Iterator[Attack]:
    """Needs nothing."""
    yield attack


TARGET = Target(seeds, opened, spoiled_json, few=60)
