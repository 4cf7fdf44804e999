"""Every answer fits Stripe's OpenAPI description, where that lies beside the checkout."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.payments.sandbox.openapi import Description
from tests.payments.sandbox.test_shapes import FIXTURES

SPEC = FIXTURES.with_name("spec3.json")
TEXT = {"type": "string"}
CHARGE = {"$ref": "#/components/schemas/charge"}
SMALL = {
    "components": {
        "schemas": {
            "refund": {
                "type": "object",
                "required": ["id", "object", "status"],
                "properties": {
                    "id": {"type": "string"},
                    "object": {"type": "string", "enum": ["refund"]},
                    "status": {"type": "string", "nullable": True},
                    "charge": {
                        "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/charge"}],
                        "nullable": True,
                    },
                },
            },
            "charge": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
            "checkout_session": {"type": "object", "nullable": False},
        }
    }
}
GOOD = {"object": "refund", "id": "re_1", "status": None, "charge": {"id": "ch_1"}}


def test_every_answer_fits_the_description(rows: list[Mapping[str, Any]]) -> None:
    if not SPEC.exists():
        pytest.skip(f"Stripe's OpenAPI description is not here: put {SPEC.name} beside {FIXTURES}")
    description = Description(json.loads(SPEC.read_text(encoding="utf-8")))
    known = [row for row in rows if description.knows(row["object"])]
    assert {row["object"] for row in known} >= {"refund", "dispute", "payout", "charge"}
    found = {mistake for row in known for mistake in description.mistakes(row)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({}, None),
        ({"charge": None}, None),
        ({"charge": "ch_1"}, None),
        ({"charge": {"amount": 1}}, "refund.charge"),
        ({"id": None}, "refund.id"),
        ({"status": 5}, "refund.status"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(change: dict[str, Any], place: str | None) -> None:
    mistakes = Description(SMALL).mistakes({**GOOD, **change})
    assert [mistake.split(":")[0] for mistake in mistakes] == ([place] if place else [])


def test_kinds_have_other_names_there() -> None:
    description = Description(SMALL)
    assert description.knows("checkout.session")
    assert not description.knows("v2.core.event")
    assert len(description.mistakes({"object": "refund"})) == 2
