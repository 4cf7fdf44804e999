"""How answers lie in the database: the one place that turns them into text and back."""

import json
from collections.abc import Mapping
from typing import Any

from procedures.models.base import to_json


def pack(answers: Mapping[str, Any]) -> str:
    """Answers → what a column holds."""
    return to_json(answers)


def unpack(stored: str) -> dict[str, Any]:
    """What a column holds → answers, a fresh dict."""
    answers: dict[str, Any] = json.loads(stored)
    return answers
