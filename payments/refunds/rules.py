"""Who may do what with a refund, why money is given back, and what can be refused."""

from typing import Literal

from engine.fields.keyboards import has_control_character

Way = Literal["provider", "outside"]
Reason = Literal[
    "paid_twice", "paid_late", "paid_too_much", "fee_fell", "withdrawn", "refused", "waived", "our_mistake", "other"
]
REASONS: tuple[Reason, ...] = (
    "paid_twice",
    "paid_late",
    "paid_too_much",
    "fee_fell",
    "withdrawn",
    "refused",
    "waived",
    "our_mistake",
    "other",
)
LIVE = ("requested", "approved", "sent", "requires_action", "confirmed")
"""In these states a refund holds its yen: they cannot be given back a second time."""
UNDERWAY = ("approved", "sent", "requires_action")
DECIDED = (*UNDERWAY, "confirmed")
"""Two people have decided, and it has not failed."""
LONGEST_NOTE = 500
LONGEST_SLIP = 60

Refused = Literal["nothing_left", "too_much", "yen", "reason", "note", "parts", "way", "slip", "day", "instead"]


class RefundRefused(Exception):
    """A request that cannot be: `what` names the wording `finance.refund_refused_<what>`; `left` yen can be given."""

    def __init__(self, what: Refused, left: int = 0) -> None:
        self.what, self.left = what, left
        super().__init__(what)


class RefundMoved(Exception):
    """The refund stands elsewhere than the screen said; `status` is where."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"now {status}")


def checked_text(text: str, *, needed: bool) -> str:
    """A word of explanation as it was written, less the space around it. Raises `RefundRefused`."""
    found = text.strip()
    unclear = has_control_character(found.replace("\n", "").replace("\r", ""))
    if len(found) > LONGEST_NOTE or unclear or (needed and not found):
        raise RefundRefused("note")
    return found
