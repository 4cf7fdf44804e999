"""What cleaning leaves of an uploaded file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The bytes to keep and what they are. `pages` of a PDF; `removed` names what was taken out of it.

    `removed` holds any of `script`, `launch`, `files`, `media`, `form` and `hidden`, in that order.
    """

    content: bytes
    media_type: str
    pages: int | None = None
    removed: tuple[str, ...] = ()
