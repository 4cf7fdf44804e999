"""Files as rows of a list: name, size and pages, what was taken out, and a small picture where there is one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.words import say
from procedures.applications import KeptFile
from procedures.attachments import MEGABYTE
from procedures.uploads.pieces import Standing
from web.context import language

KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class Listing:
    """What a question shows of its files: those that are kept, and what is said of those that broke off."""

    rows: tuple[dict[str, Any], ...] = ()
    unfinished: tuple[str, ...] = ()


def row(application_id: str, file: KeptFile) -> dict[str, Any]:
    """A file that is kept. `small` is the address of its small picture; "" for a PDF."""
    href = f"/applications/{application_id}/attachments/{file.id}"
    pages = [say("uploads.pages", language(), count=file.pages)] if file.pages else []
    return {
        "id": file.id,
        "name": file.name,
        "size": " · ".join([size_words(file.size), *pages]),
        "href": href,
        "small": f"{href}/small" if file.media_type.startswith("image/") else "",
        "removed": removed_words(file.removed),
    }


def removed_words(kinds: Iterable[str]) -> str:
    """What was taken out of a PDF, in one sentence; "" for nothing."""
    told = [say(f"uploads.removed_{kind}", language()) for kind in kinds]
    return say("uploads.removed", language(), what=say("uploads.and", language()).join(told)) if told else ""


def unfinished_words(found: Iterable[Standing], path: str) -> tuple[str, ...]:
    """How far the files of a question have come that broke off, one sentence each."""
    return tuple(
        say("uploads.unfinished", language(), name=one.name, percent=100 * one.offset // one.size)
        for one in found
        if one.field_id == path and not one.attachment_id
    )


def size_words(size: int) -> str:
    """Bytes as people read them."""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / MEGABYTE:.1f} MB"
