"""What a question takes of files, and taking one."""

from dataclasses import dataclass

import structlog

from engine.fields.types.file import MOST_PAGES
from engine.model import Field
from procedures import attachments
from procedures.attachments import MAX_BYTES, MEGABYTE, Prepared
from procedures.errors import FileRefused
from procedures.uploads.scanning import ScannerUnavailable
from web.context import services
from web.logs import log_failure

log = structlog.get_logger("uploads")
UNCHECKED = "uploads.unchecked"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may be: media types as in HTML (none: whatever can be kept), bytes, pages of a PDF."""

    accept: tuple[str, ...]
    max_bytes: int
    max_pages: int


def limits_of(field: Field) -> Limits:
    """As its settings say."""
    settings = field.settings
    largest = min(MAX_BYTES, settings.get("maxMegabytes", MAX_BYTES // MEGABYTE) * MEGABYTE)
    return Limits(tuple(settings.get("accept") or ()), largest, settings.get("maxPages", MOST_PAGES))


def take(field: Field, name: str, content: bytes) -> Prepared:
    """Examine a file and keep its bytes, outside any transaction. Raises `FileRefused`.

    A scanner that does not answer is logged, without a word about the file.
    """
    limits, adapters = limits_of(field), services()
    try:
        return attachments.prepare(
            adapters.blobs, name, content, limits.accept, limits.max_bytes, limits.max_pages, adapters.scanner
        )
    except FileRefused as refusal:
        if isinstance(refusal.__cause__, ScannerUnavailable):
            log_failure(log, "scanner_unavailable", refusal.__cause__)
        raise
