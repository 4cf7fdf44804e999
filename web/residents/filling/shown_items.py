"""Which questions of a list's item are asked, given its own answers and those outside."""

from collections.abc import Mapping
from typing import Any

from engine.journey import Journey, holds, inside
from engine.model import Field


def shown_in_item(journey: Journey, listed: Field, item: Mapping[str, Any]) -> frozenset[str]:
    """The ids of the item's questions that show."""
    properties = listed.items.properties if listed.items else ()
    scope = inside(properties, item, journey.scope)[1]
    return frozenset(field.id for field in properties if holds(field.when, scope))
