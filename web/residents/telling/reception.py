"""In words: whether applications are taken, until when, from when again, and how many places are left."""

from dataclasses import dataclass

from engine.model import Procedure
from engine.rules.acceptance import Standing
from engine.words import say
from web.context import language
from web.pages.rendering import show_date

FEW = 5
"""Or a tenth of all: then it is worth a hurry."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A few words for a list; `kind` is that of the component."""

    words: str
    kind: str


def few(procedure: Procedure, standing: Standing) -> bool:
    """Whether only few places are left."""
    limit = procedure.accepts.limit
    return limit is not None and standing.left is not None and standing.left <= max(FEW, limit.number // 10)


def tag(procedure: Procedure, standing: Standing) -> Tag | None:
    """What the catalogue says; nothing of a procedure that is always open."""
    if standing.state != "open":
        later = standing.state == "not_yet" and standing.opens is not None
        words = _say("tag_not_yet", standing.opens) if later else say(f"rules.tag_{standing.state}", language())
        return Tag(words, "" if later else "warn")
    if few(procedure, standing):
        return Tag(say("rules.few_left", language(), left=standing.left), "warn")
    return Tag(_say("tag_until", standing.closes), "good") if standing.closes else None


def places(procedure: Procedure) -> str:
    """How many are taken, and in each of what."""
    limit = procedure.accepts.limit
    if limit is None:
        return ""
    key = f"rules.places_of_{limit.per}" if limit.per else "rules.places_in_all"
    return say(key, language(), number=f"{limit.number:,}")


def _say(key: str, day: object) -> str:
    return say(f"rules.{key}", language(), day=show_date(day))
