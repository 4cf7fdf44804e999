"""Drafts and the versions of their procedure: which is open to them, moving to a newer one, what was set aside."""

from procedures.amending.earlier import Earlier, EarlierAnswer
from procedures.amending.moving import forget_item, move
from procedures.amending.versions import open_to_drafts

__all__ = ["Earlier", "EarlierAnswer", "forget_item", "move", "open_to_drafts"]
