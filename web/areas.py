"""The areas of staff: where each begins, and which of them is somebody's own."""

from procedures.authority import may_somewhere
from web.context import current_actor

AREAS = (
    ("/audit", "look.read"),
    ("/desk", "case.read"),
    ("/counter", "counter.take"),
    ("/finance", "finance.read"),
    ("/manage", "person.read"),
    ("/operator", "operator.read"),
    ("/author", "author.read"),
)
"""Address, and the action that one must be allowed; the first that somebody may enter is where they begin."""


def first_area() -> str:
    """Where the reader's work begins."""
    return next((address for address, action in AREAS if may_somewhere(current_actor(), action)), "/account")
