"""What staff find cases by although no procedure says so."""

import re

_USUAL = re.compile(r"[a-z_.]+\.(name|foreign_name|name_and_former|kana|phone|mobile|daytime_phone)\Z")


def by_default(concept: str | None) -> bool:
    """Whether a concept is one of those that staff always find cases by: names, their readings, telephone numbers."""
    return concept is not None and _USUAL.match(concept) is not None
