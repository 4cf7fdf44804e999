"""The tables as people wrote them: a line for each method of each route, a letter for each kind of person."""

import os
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from tests.gate.people import KINDS

HERE = Path(__file__).parent / "tables"
EVERYTHING = bool(os.environ.get("GATE_EVERYTHING"))
"""`make gate`: every kind of person at every route; else those to whom the area means something."""
STAFF = ("/desk", "/counter", "/finance", "/manage", "/operator", "/author", "/audit")
RESIDENTS = ("/applications", "/account", "/profile", "/mandates", "/sign-in/bring")
AT_DOORS_OF_STAFF = frozenset(
    ("stranger", "other", "clerk", "away", "approver", "manager", "cashier", "finance", "auditor", "operator")
)
AT_DOORS_OF_RESIDENTS = frozenset(
    ("stranger", "visitor", "owner", "low", "other", "deputy", "clerk", "away", "manager", "operator")
)
AT_THE_API = frozenset(("stranger", "owner", "clerk", "system", "elsewhere"))
ANYWHERE = frozenset(("stranger", "owner", "clerk"))


@cache
def expected() -> Mapping[str, str]:
    """The letters of each line, in the order of `KINDS`. Raises ValueError for a line that is there twice."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob("*.txt")):
        for letters, route in _rows(path):
            if route in found:
                raise ValueError(f"{path.name}: {route} is there twice")
            found[route] = letters
    return found


def routes_of(table: str) -> list[str]:
    """The lines of one table."""
    return [route for _, route in _rows(HERE / f"{table}.txt")]


def _rows(path: Path) -> list[tuple[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(line[: len(KINDS)], line[len(KINDS) :].strip()) for line in lines]


def who_tries(route: str) -> Collection[str]:
    """The kinds of person that are let loose on a route in the tests."""
    path = route.partition(" ")[2]
    if EVERYTHING:
        return {kind.name for kind in KINDS}
    if path.startswith("/author"):
        return AT_DOORS_OF_STAFF | {"author"}
    if path.startswith(STAFF):
        return AT_DOORS_OF_STAFF
    if path.startswith("/api/"):
        return AT_THE_API
    return AT_DOORS_OF_RESIDENTS if path.startswith(RESIDENTS) else ANYWHERE
