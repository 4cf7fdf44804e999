"""The report of what changed: text for people, JSON for programs."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from engine.versions.comparing import Change, Comparison
from engine.words import say

INDENT = "    "
LANGUAGES = ("ja", "en")


def render_text(comparison: Comparison, language: str) -> str:
    """Several lines: each change under the part that it is in, what it means for drafts, and the whole of it."""
    return "\n".join(_lines(comparison, language))


def render_json(comparison: Comparison, language: str) -> str:
    """An object with the two versions, the verdict, and the changes in the order of the spec."""
    old, new = comparison.old, comparison.new
    found = {
        "id": new.id,
        "from": {"id": old.id, "version": old.version.isoformat(), "digest": old.digest},
        "to": {"id": new.id, "version": new.version.isoformat(), "digest": new.digest},
        "verdict": comparison.verdict,
        "publishable": comparison.publishable,
        "drafts_move_on": (new.version + timedelta(days=new.draft_grace_days)).isoformat(),
        "changes": [_as_json(change, language) for change in comparison.changes],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _as_json(change: Change, language: str) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "path": change.path,
        "place": [name.say(language) for name in change.spot.names],
        "message": change.say(language),
        "before": change.params["before"].say(language) if "before" in change.params else None,
        "after": change.params["after"].say(language) if "after" in change.params else None,
        "drafts": {"effect": change.drafts, "message": change.say_drafts(language)},
        "open_cases": {"effect": "stay"},
    }


def _lines(comparison: Comparison, language: str) -> Iterator[str]:
    old, new = comparison.old, comparison.new
    facts = {"id": new.id, "old_id": old.id, "before": old.version, "after": new.version}
    yield say("versions.head", language, title=new.title.say(language), **facts)
    if not comparison.changes:
        yield say("versions.same", language)
    else:
        yield say("versions.counted", language, count=len(comparison.changes))
        yield from _changes(comparison.changes, language)
        yield ""
    if comparison.verdict == "newer":
        moves = new.version + timedelta(days=new.draft_grace_days)
        yield say("versions.drafts_grace" if new.draft_grace_days else "versions.drafts_move", language, day=moves)
        yield say("versions.cases_stay", language, **facts)
    elif comparison.verdict != "same":
        yield say(f"versions.verdict_{comparison.verdict}", language, **facts)


def _changes(changes: tuple[Change, ...], language: str) -> Iterator[str]:
    """Changes of one part stand together under its name; what is inside of it is named in the line."""
    heading = ""
    for change in changes:
        first, *inner = [name.say(language) for name in change.spot.names] or [say("versions.whole", language)]
        if first != heading:
            yield from ("", first[:1].upper() + first[1:])
            heading = first
        place = " › ".join(inner)
        yield f"  - {place}: {change.say(language)}" if place else f"  - {change.say(language)}"
        yield INDENT + say("versions.drafts", language, what=change.say_drafts(language))
