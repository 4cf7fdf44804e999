"""What a check finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: by which check, with which object; `message` is a key of the catalogue."""

    check: str
    object_id: str
    message: str


def found(check: str, object_id: str) -> Finding:
    """A finding of ours; its message is `doctor.<check>`."""
    return Finding(check, object_id, f"doctor.{check}")
