"""What the script of uploads says, in the language of the page."""

import json
from functools import cache

from engine.words import say

SAID = (
    "choose",
    "camera",
    "waiting_turn",
    "preparing",
    "sending",
    "line",
    "checking",
    "start",
    "sent",
    "cancel",
    "cancelled",
    "dismiss",
    "again",
    "failed",
    "reopen",
    "too_large",
    "too_many",
    "moved",
    "removed",
    "not_saved",
    "hold",
)


@cache
def script_words(language: str) -> str:
    """By name, as JSON. `#` and `@` stand for what the script fills in."""
    return json.dumps({name: say(f"uploads.script_{name}", language) for name in SAID}, ensure_ascii=False)
