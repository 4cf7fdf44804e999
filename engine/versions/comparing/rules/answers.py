"""What may be answered: JSON Schema keywords, limits that are formulas, settings of the type; tighter or looser."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.model import Field, Text
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.naming import described
from engine.versions.comparing.sayings import Sayable
from engine.versions.comparing.walking import Walk
from engine.versions.equality import same

AT_LEAST = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
AT_MOST = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxFiles"})


def _schema(walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """Keywords that follow from another type, other options or settings are not told again."""
    before, after = dict(old.schema), dict(new.schema)
    follows = old.type != new.type or not same(old.settings, new.settings) or not same(old.options, new.options)
    for key in [*before, *(key for key in after if key not in before)]:
        counted = key in AT_LEAST | AT_MOST and (old.type == new.type or {key} <= before.keys() & after.keys())
        files = key == "maxItems" and "maxFiles" in {**old.settings, **new.settings}
        if (counted and not files) or not follows:
            yield from _keyword(walk, spot, described(key), key, before, after)


def _limits(walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    for key in [*old.limits, *(key for key in new.limits if key not in old.limits)]:
        yield from walk.value(spot.below(key), described(key), old.limits.get(key), new.limits.get(key))


def _settings(walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """Those of another type follow from it."""
    for key in [*old.settings, *(key for key in new.settings if key not in old.settings)]:
        if old.type == new.type or {key} <= old.settings.keys() & new.settings.keys():
            yield from _keyword(walk, spot, _told(new, key), key, old.settings, new.settings)


def _told(field: Field, key: str) -> Sayable:
    keyword = field.type.keywords.get(key)
    return described(key) if keyword is None else Text(keyword.doc["ja"], {"en": keyword.doc["en"]})


def _keyword(
    walk: Walk, spot: Spot, told: Sayable, key: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    before, after = old.get(key), new.get(key)
    if same(before, after):
        return
    direction = _direction(key, before, after)
    here = spot.below(key)
    if direction is None:
        yield walk.changed("value", here, told, before, after)
    elif direction:
        yield walk.changed("tightened", here, told, before, after)
    else:
        yield walk.changed("loosened", here, told, before, after, "none")


def _direction(key: str, before: Any, after: Any) -> bool | None:
    """Whether a limit is tighter than it was; None where that cannot be told."""
    if key not in AT_LEAST | AT_MOST:
        return None
    if before is None or after is None:
        return before is None
    try:
        return bool(after > before) if key in AT_LEAST else bool(after < before)
    except TypeError:
        return None


RULES = {("Field", "schema"): _schema, ("Field", "limits"): _limits, ("Field", "settings"): _settings}
