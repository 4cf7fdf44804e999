"""What a file really is: judged by its bytes, never by its name or what the browser says."""

from collections.abc import Callable, Sequence

from engine.fields.types.file import MOST_PAGES, kept_of
from procedures.errors import FileRefused
from procedures.uploads.apart import clean_apart
from procedures.uploads.cleaned import Cleaned
from procedures.uploads.images import reencode
from procedures.uploads.pdfs import HEADER
from procedures.uploads.scanning import NO_SCANNER, Scanner, ScannerUnavailable

EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
"""What can be kept at all, and how it is named. SVG never: it can run scripts in a browser."""

HEIC = "image/heic"

_CLEAN: dict[str, Callable[[bytes, str, int], Cleaned]] = {
    "image/jpeg": lambda content, media_type, _: reencode(content, media_type),
    "image/png": lambda content, media_type, _: reencode(content, media_type),
    "image/webp": lambda content, media_type, _: reencode(content, media_type),
    "image/gif": lambda content, media_type, _: reencode(content, media_type),
    HEIC: lambda content, _, max_pages: clean_apart("heic", content, max_pages),
    "application/pdf": lambda content, _, max_pages: clean_apart("pdf", content, max_pages),
}
_BECOMES = {"image/gif": "image/png", HEIC: "image/jpeg"}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def examine(
    content: bytes,
    accept: Sequence[str],
    max_bytes: int,
    max_pages: int = MOST_PAGES,
    scanner: Scanner = NO_SCANNER,
) -> Cleaned:
    """Check and clean. Raises `FileRefused` with the key of what to tell the person.

    The scanner sees the file as it came, before anything reads further into it than its beginning.
    """
    if not content:
        raise FileRefused("notices.file_empty")
    if len(content) > max_bytes:
        raise FileRefused("notices.file_too_large", megabytes=max_bytes // (1024 * 1024))
    media_type = media_type_of(content)
    if media_type not in _CLEAN:
        raise FileRefused("notices.file_type")
    if not {media_type, _BECOMES.get(media_type, media_type)} & set(kept_of(accept)):
        raise FileRefused("uploads.not_asked_for", kinds=", ".join(_names(accept)))
    _scan(content, scanner)
    return _CLEAN[media_type](content, media_type, min(max_pages, MOST_PAGES))


def media_type_of(content: bytes) -> str:
    """The media type by libmagic; of HEIC photos by the brand they begin with (ISO/IEC 23008-12)."""
    import magic

    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    found = str(magic.from_buffer(content[:8192], mime=True))
    return "" if found == "application/pdf" and not content.startswith(HEADER) else found


def _names(accept: Sequence[str]) -> list[str]:
    """What is asked for, as people call it."""
    return sorted({one.partition("/")[2].upper() for one in kept_of(accept) if one in EXTENSIONS})


def _scan(content: bytes, scanner: Scanner) -> None:
    try:
        infected = scanner.infected(content)
    except ScannerUnavailable as error:
        raise FileRefused("uploads.unchecked") from error
    if infected:
        raise FileRefused("uploads.infected")
