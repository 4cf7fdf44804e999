"""Who may work on the worklist, why things are resolved, and what can be refused."""

from typing import Literal

from engine.fields.keyboards import has_control_character

REASONS = (
    "explained",
    "our_mistake",
    "payers_mistake",
    "provider_mistake",
    "bank_mistake",
    "fee_taken",
    "not_ours",
    "other",
)
"""Each worded as `finance.resolution_<code>`."""
LONGEST_TEXT = 1000

Refused = Literal["reason", "text", "action", "parameter", "moved", "open", "resolved", "note", "person"]


class ResolutionRefused(Exception):
    """It cannot be resolved so: `what` names the wording `finance.resolution_refused_<what>`."""

    def __init__(self, what: Refused) -> None:
        self.what = what
        super().__init__(what)


def checked_text(text: str, what: Refused, *, needed: bool = True) -> str:
    """What somebody wrote, less the space around it. Raises `ResolutionRefused`."""
    found = text.strip()
    unclear = has_control_character(found.replace("\n", "").replace("\r", ""))
    if len(found) > LONGEST_TEXT or unclear or (needed and not found):
        raise ResolutionRefused(what)
    return found
