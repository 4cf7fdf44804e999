"""What of a written field is a rule, what is its list of answers, and what is wording."""

from collections.abc import Mapping
from typing import Any

from engine.importing.writing.places import Placed

LONG_LIST = 12

NO_RULES = frozenset({"type", "title", "hint", "optional", "as", "when", "required", "properties", "items", "default"})
LISTS = ("options", "enum", "oneOf")
LISTED = frozenset({"string", "integer", "number", "choice"})


def rules_of(place: Placed) -> dict[str, Any]:
    """What a field says in JSON Schema beyond its wording, its list and the fields inside it."""
    without = NO_RULES | list_of(place, least=0).keys()
    return {key: value for key, value in place.field.items() if key not in without}


def list_of(place: Placed, least: int = LONG_LIST) -> dict[str, Any]:
    """The keyword with the listed answers, where there are at least so many."""
    kind = place.field["type"]
    if (kind[0] if isinstance(kind, list) else kind) not in LISTED:
        return {}
    found = {key: place.field[key] for key in LISTS if key in place.field}
    if any(not isinstance(one, dict) or "const" not in one for one in found.get("oneOf", ())):
        del found["oneOf"]
    return found if sum(map(len, found.values())) >= least else {}


def listed_values(found: Mapping[str, Any]) -> list[Any]:
    """The answers."""
    if "options" in found:
        return list(found["options"])
    return list(found["enum"]) if "enum" in found else [one["const"] for one in found["oneOf"]]
