"""What a change means for drafts, where it depends only on what changed."""

from collections.abc import Mapping
from typing import Any

from engine.model import Field, Option, Step
from engine.versions.comparing.changes import Change, Effect, Spot

ATTRIBUTES: Mapping[tuple[str, str], Effect] = {
    ("Procedure", "law"): "none",
    ("Procedure", "bureau"): "none",
    ("Procedure", "before_you_start"): "none",
    ("Procedure", "afterwards"): "none",
    ("Procedure", "representation"): "applies",
    ("Procedure", "conditions"): "path",
    ("Procedure", "fees"): "fee",
    ("Procedure", "sign_in"): "sign_in",
    ("Procedure", "draft_days"): "time",
    ("Procedure", "draft_grace_days"): "time",
    ("Step", "when"): "path",
    ("Field", "when"): "path",
    ("Field", "concept"): "none",
    ("Field", "autocomplete"): "none",
    ("Field", "privacy"): "none",
    ("Field", "reuse"): "none",
    ("Field", "law"): "none",
    ("Field", "searchable"): "applies",
}
"""By class and attribute; what is not listed has the effect of the part that it is in."""


def of_attribute(owner: str, attribute: str) -> Effect | None:
    """The effect of an attribute of a class; None: that of the part around it."""
    return ATTRIBUTES.get((owner, attribute))


def added(spot: Spot, part: Any) -> Change:
    """A part that is new: a question is asked, unless it may be left open."""
    effect: Effect = spot.effect
    if isinstance(part, Field):
        effect = "none" if part.type.control == "note" or part.optional is True else "asked"
    elif isinstance(part, Step):
        effect = "path"
    elif isinstance(part, Option):
        effect = "none"
    return Change("added", spot, effect)


def removed(spot: Spot, part: Any) -> Change:
    """A part that is gone: the answer to a question is not used any more; an option has to be chosen anew."""
    effect: Effect = spot.effect
    if isinstance(part, Field):
        effect = "none" if part.type.control == "note" else "unused"
    elif isinstance(part, Step):
        effect = "path"
    elif isinstance(part, Option):
        effect = "fits"
    return Change("removed", spot, effect)
