"""A webhook as it is read: which object something happened to, and nothing that is believed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Subject = Literal["checkout", "refund", "dispute", "payout", "other"]


@dataclass(frozen=True, slots=True)
class Hint:
    """A verified webhook: `subject` says which kind of object `object_id` names; it is asked for again.

    `kind` is the provider's own word for what happened; what is about "other" things is kept and not acted upon.
    """

    id: str
    kind: str
    object_id: str
    subject: Subject
    created_at: datetime

    @property
    def checkout_id(self) -> str | None:
        """The checkout that it is about, if it is about one."""
        return self.object_id if self.subject == "checkout" else None
