"""Stripe's OpenAPI description as JSON Schema, to validate answers with."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator

LONGEST = 5  # how many mistakes of one answer are told


class Description:
    """`spec3.json`: OpenAPI 3.0, where `nullable` stands beside the type and some fields may be expanded."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self._components = {"schemas": {name: _converted(body) for name, body in spec["components"]["schemas"].items()}}
        self._validators: dict[str, Draft202012Validator] = {}

    def knows(self, kind: str) -> bool:
        """Whether it describes a resource of this kind ("checkout.session")."""
        return _name(kind) in self._components["schemas"]

    def mistakes(self, body: Mapping[str, Any]) -> list[str]:
        """What of a resource does not fit; empty when it is as described."""
        found = self._validator(body["object"]).iter_errors(body)
        return [f"{body['object']}{error.json_path[1:]}: {error.message}" for error in islice(found, LONGEST)]

    def _validator(self, kind: str) -> Draft202012Validator:
        if kind not in self._validators:
            schema = {"$ref": f"#/components/schemas/{_name(kind)}", "components": self._components}
            self._validators[kind] = Draft202012Validator(schema)
        return self._validators[kind]


def _name(kind: str) -> str:
    return kind.replace(".", "_")


def _converted(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_converted(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _converted(value) for key, value in schema.items() if key not in {"nullable", "example"}}
    if schema.get("nullable") is True:
        return {"anyOf": [plain, {"type": "null"}]}
    return plain
