"""The table of authority as docs/reference.md shows it."""

from collections.abc import Collection

from engine.words import say
from procedures.authority import rows as all_rows
from procedures.people.roles import ROLES
from tests.house.markdown import table


def authority() -> str:
    """The table of authority, a column for each role: in which office it has to be held."""
    marks = {"office": "that office", "house": "any office"}
    rows = [
        [f"`{row.action}`", say(row.words, "en"), say(row.words), *_marked(row.roles, marks[row.where])]
        for row in all_rows()
    ]
    return table(["action", "what", "すること", *ROLES], rows)


def _marked(roles: Collection[str], mark: str) -> list[str]:
    return [mark if role in roles else "" for role in ROLES]
