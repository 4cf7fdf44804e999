"""The sections of a procedure beside its steps, each from its part of the source to the model."""

from engine.language.kinds import Part


def number(part: Part, section: str, key: str, default: int) -> int:
    """The number `key` of a section that may be missing."""
    inner: Part | None = part.get(section)
    found: int = default if inner is None else inner.get(key, default)
    return found
