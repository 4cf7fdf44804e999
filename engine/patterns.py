"""Authors' patterns on people's texts, in linear time: no pattern can stop the service."""

from functools import lru_cache
from typing import Any

import re2

KEPT = 10_000  # compiled patterns


@lru_cache(KEPT)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether `pattern` is found in `text`."""
    try:
        return _compiled(pattern).search(text) is not None
    except UnicodeEncodeError:  # half of a surrogate pair is no character
        return False
