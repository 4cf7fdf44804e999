"""Stripe's form encoding: `line_items[0][price_data][currency]=jpy` to nested values, checked against a shape."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from payments.sandbox.wire.errors import invalid, missing, unknown

METADATA_ENTRIES, METADATA_KEY, METADATA_VALUE = 50, 40, 500
_PART = re.compile(r"\[([^\[\]]*)\]")


def decode(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Nested dictionaries, and lists where the indices are numbers or empty."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        head, _, _ = name.partition("[")
        steps = [head, *_PART.findall(name[len(head) :])]
        node = tree
        for step, following in pairwise(steps):
            node = node.setdefault(step or str(len(node)), {})
            if not isinstance(node, dict):
                raise invalid(name, f"Invalid nesting at {following!r}")
        node[steps[-1] or str(len(node))] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(entry) for key, entry in value.items()}


def only(parameters: Mapping[str, Any], known: Iterable[str], prefix: str = "") -> None:
    """Refuse a parameter that is not in `known`."""
    allowed = set(known)
    for name in parameters:
        if name not in allowed:
            raise unknown(f"{prefix}[{name}]" if prefix else name)


def required(parameters: Mapping[str, Any], name: str, prefix: str = "") -> Any:
    """The value of a parameter that has to be given and is not empty."""
    value = parameters.get(name)
    if value in (None, "", [], {}):
        raise missing(f"{prefix}[{name}]" if prefix else name)
    return value


def integer(value: Any, param: str, *, least: int | None = None, most: int | None = None) -> int:
    """A whole number within limits."""
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]{1,12}", value):
        raise invalid(param, f"Invalid integer: {value}", "parameter_invalid_integer")
    number = int(value)
    if least is not None and number < least:
        raise invalid(param, f"This value must be greater than or equal to {least}.", "parameter_invalid_integer")
    if most is not None and number > most:
        raise invalid(param, f"This value must be less than or equal to {most}.", "parameter_invalid_integer")
    return number


def mapping(value: Any, param: str) -> dict[str, Any]:
    """A nested object."""
    if not isinstance(value, dict):
        raise invalid(param, "Invalid object")
    return value


def metadata(parameters: Mapping[str, Any], param: str = "metadata") -> dict[str, str]:
    """Up to 50 keys of 40 characters, with values of 500."""
    given = parameters.get("metadata") or {}
    entries = mapping(given, param)
    for key, value in entries.items():
        fits = isinstance(value, str) and len(key) <= METADATA_KEY and len(value) <= METADATA_VALUE
        if not fits or len(entries) > METADATA_ENTRIES:
            raise invalid(f"{param}[{key}]", "Metadata holds up to 50 keys of 40 characters with values of 500.")
    return {key: value for key, value in entries.items() if value != ""}


def merged_metadata(body: Mapping[str, Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """`metadata` as a change leaves it: keys given are set, given empty they go, the others stay."""
    if "metadata" not in parameters:
        return {}
    if parameters["metadata"] == "":
        return {"metadata": {}}
    gone = {key for key, value in mapping(parameters["metadata"], "metadata").items() if value == ""}
    kept = {key: value for key, value in body["metadata"].items() if key not in gone}
    return {"metadata": kept | metadata(parameters)}


def one_of(value: Any, param: str, choices: Iterable[str]) -> str:
    """One of a closed list of words."""
    allowed = tuple(choices)
    if value not in allowed:
        raise invalid(param, f"Invalid {param}: must be one of {', '.join(allowed)}")
    return value
