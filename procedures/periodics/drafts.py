"""Drafts whose time comes: their owners are reminded, and then they lapse."""

from collections.abc import Sequence
from datetime import timedelta

from procedures import drafts
from procedures.continuing.reminding import remind
from procedures.periodics import Means, Periodic, in_portions


def tasks(_means: Means) -> Sequence[Periodic]:
    """Reminding, and letting lapse."""
    return (
        Periodic("draft.remind", timedelta(minutes=30), in_portions(remind)),
        Periodic("draft.lapse", timedelta(minutes=10), in_portions(drafts.lapse_expired)),
    )
