"""The proof that a spec passes the check: fields that it refuses become ones that are not asked, and are noted."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.compiling import Concepts, compile_procedure
from engine.importing.notes import Notes, Refused
from engine.importing.writing.rules import NO_RULES, listed_values
from engine.importing.writing.spec import Front, spec, text
from engine.importing.writing.steps import Step
from engine.problems import Problem

ROUNDS = 6
COUNTS = frozenset({"minItems", "maxItems", "minProperties", "maxProperties", "uniqueItems"})
INSIDE = frozenset({"properties", "items"})


def proved(front: Front, steps: Sequence[Step], rules: dict[str, Any], notes: Notes) -> str:
    """The YAML. Raises `Refused` where something is wrong that no field is to blame for."""
    errors: list[Problem] = []
    for _ in range(ROUNDS):
        whole = spec(front, steps, rules)
        found = text(whole)
        problems = compile_procedure(found, "imported.yaml", Concepts.empty()).problems
        errors = [problem for problem in problems if problem.severity == "error"]
        if not errors:
            return found
        for problem in errors:
            field = _field_at(whole, problem.path)
            if field is None:
                raise Refused("refused", why=problem.says(front.language))
            notes.add("unproved", problem.path, why=problem.says(front.language))
            _give_up(field)
    raise Refused("refused", why=errors[0].says(front.language))


def _field_at(whole: Mapping[str, Any], path: str) -> dict[str, Any] | None:
    """The innermost field on the way to a problem."""
    first, step, fields, *way = [*path.split("."), "", "", ""][: max(4, path.count(".") + 1)]
    if first != "steps" or fields != "fields" or not way or not way[0]:
        return None
    here: dict[str, Any] = whole["steps"][step]["fields"].get(way[0], {})
    for word, name in zip(way[1:], [*way[2:], ""], strict=True):
        if word == "items" and isinstance(here.get("items"), dict):
            here = here["items"]
        elif word == "properties" and name in here.get("properties", {}):
            here = here["properties"][name]
    return here or None


def _give_up(field: dict[str, Any]) -> None:
    """Ask nothing; what a single answer had to be stays as it can be said."""
    before = dict(field)
    for key in before.keys() - {"title", "hint", "optional", "as"}:
        del field[key]
    field["type"] = "json"
    if before["type"] == "json":
        return
    kept = COUNTS if INSIDE & before.keys() else before.keys() - NO_RULES - {"options"}
    rule = {key: value for key, value in before.items() if key in kept}
    if "pattern" in rule:
        rule["pattern"] = f"^(?:{rule['pattern']})$"
    if "options" in before:
        rule["enum"] = listed_values(before)
    definitions = {"$defs": rule.pop("$defs")} if "$defs" in rule else {}
    kind = {} if before["type"] == "choice" else {"type": before["type"]}
    field.update({**definitions, "allOf": [{**kind, **rule}]})
