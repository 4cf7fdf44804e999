"""What a file really is: judged by its bytes, never by its name or what the browser says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from procedures.errors import FileRefused
from procedures.uploads.images import reencode
from procedures.uploads.pdfs import check_pdf

EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
"""What can be kept at all, and how it is named. SVG never: it can run scripts in a browser."""

_CLEAN: dict[str, Callable[[bytes, str], bytes]] = {
    "image/jpeg": reencode,
    "image/png": reencode,
    "image/webp": reencode,
    "application/pdf": check_pdf,
}
_HEIC = {"image/heic", "image/heif"}


@dataclass(frozen=True, slots=True)
class Examined:
    """The bytes to keep and what they are."""

    content: bytes
    media_type: str


def examine(content: bytes, accept: Sequence[str], max_bytes: int) -> Examined:
    """Check and clean. Raises `FileRefused` with the key of what to tell the person."""
    if not content:
        raise FileRefused("notices.file_empty")
    if len(content) > max_bytes:
        raise FileRefused("notices.file_too_large", megabytes=max_bytes // (1024 * 1024))
    media_type = media_type_of(content)
    if media_type in _HEIC:
        raise FileRefused("notices.file_heic")
    if media_type not in EXTENSIONS or not _accepted(media_type, accept):
        raise FileRefused("notices.file_type")
    return Examined(_CLEAN[media_type](content, media_type), media_type)


def media_type_of(content: bytes) -> str:
    """The media type by libmagic."""
    import magic

    return str(magic.from_buffer(content[:8192], mime=True))


def _accepted(media_type: str, accept: Sequence[str]) -> bool:
    """`accept` as in HTML: `image/*` or `application/pdf`; empty accepts whatever can be kept."""
    group = media_type.split("/", maxsplit=1)[0] + "/*"
    return not accept or media_type in accept or group in accept
