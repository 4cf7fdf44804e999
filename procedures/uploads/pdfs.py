"""PDF files: whole, readable without a password, not too long, and with nothing in them that does something."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from procedures.errors import FileRefused
from procedures.uploads.cleaned import Cleaned

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

HEADER = b"%PDF-"
MAX_OBJECTS = 200_000
_END = b"%%EOF"
_END_WITHIN = 2048
_ZIP_END, _ZIP_END_WITHIN = b"PK\x05\x06", 65_557  # the end of a ZIP archive stands within its longest comment
_DEEPEST = 100  # dictionaries inside dictionaries

KINDS = ("script", "launch", "files", "media", "form", "hidden")
_ACTIONS = {
    "/JavaScript": "script",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/Launch": "launch",
    "/GoToE": "files",
    "/GoToR": "launch",
    "/SubmitForm": "script",
    "/ImportData": "script",
}
"""Actions (ISO 32000-2, 12.6.4) that run programs, open other files or send data. Following a link stays."""

_ENTRIES = {
    "/JavaScript": "script",
    "/EmbeddedFiles": "files",
    "/EF": "files",
    "/Collection": "files",
    "/RichMediaContent": "media",
    "/XFA": "form",
}
"""Entries of any dictionary that are taken out whatever they hold."""


def clean(content: bytes, max_pages: int) -> Cleaned:
    """The content unchanged, or as a new file without what is active in it.

    Raises `FileRefused` for what is cut off, disguised, locked or too long, and where taking something out would
    break a signature.
    """
    if not content.startswith(HEADER) or _END not in content[-_END_WITHIN:]:
        raise FileRefused("notices.file_broken")
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return _cleaned(pdf, content, max_pages)
    except pikepdf.PasswordError:
        raise FileRefused("notices.file_locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        raise FileRefused("notices.file_broken") from None  # whatever else a damaged file makes the reader stumble over


def _cleaned(pdf: "Pdf", content: bytes, max_pages: int) -> Cleaned:
    pages = len(pdf.pages)
    if not pages:
        raise FileRefused("notices.file_broken")
    if pages > max_pages:
        raise FileRefused("uploads.too_many_pages", count=max_pages, pages=pages)
    if len(pdf.objects) > MAX_OBJECTS:
        raise FileRefused("uploads.too_heavy")
    if bool(pdf.Root.get("/NeedsRendering", False)):
        raise FileRefused("uploads.pdf_form")
    signed = _signed(pdf)
    found = {kind for thing in pdf.objects for kind in _take_out(thing)}
    if _hides(content):
        found.add("hidden")
    if not found:
        return Cleaned(content, "application/pdf", pages)
    if signed or pdf.is_encrypted:
        raise FileRefused("uploads.pdf_signed" if signed else "notices.file_locked")
    kept = BytesIO()
    pdf.save(kept)
    return Cleaned(kept.getvalue(), "application/pdf", pages, tuple(kind for kind in KINDS if kind in found))


def _signed(pdf: "Pdf") -> bool:
    """Whether a signature is there, as SigFlags says (ISO 32000-2, 12.7.3)."""
    with suppress(TypeError, ValueError):
        return bool(int(pdf.Root.get("/AcroForm", {}).get("/SigFlags", 0)) & 1)
    return False


def _hides(content: bytes) -> bool:
    """Whether something stands behind the end, or the whole is an archive as well."""
    behind = content[content.rfind(_END) + len(_END) :]
    return bool(behind.strip(b"\0\t\n\f\r ")) or _ZIP_END in content[-_ZIP_END_WITHIN:]


def _take_out(thing: "Object", depth: int = 0) -> Iterator[str]:
    """Take out of a dictionary or array, and of what stands directly in it, what is active; yields what it was."""
    import pikepdf

    if depth > _DEEPEST:
        raise FileRefused("uploads.too_heavy")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name in list(thing.keys()):
            inner = thing.get(name)
            if kind := _ENTRIES.get(name) or _action(inner):
                del thing[name]
                yield kind
            elif _direct(inner):
                yield from _take_out(inner, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for place in reversed(range(len(thing))):
            inner = thing[place]
            if kind := _action(inner):
                del thing[place]
                yield kind
            elif _direct(inner):
                yield from _take_out(inner, depth + 1)


def _action(thing: Any) -> str | None:
    """What kind of action this is, if it is one to take out. Parts of a text's structure name themselves likewise."""
    import pikepdf

    if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") == "/StructElem":
        return None
    return _ACTIONS.get(str(thing.get("/S", "")))


def _direct(thing: Any) -> bool:
    """Whether this is written right here; what is only referred to is met by itself."""
    import pikepdf

    return isinstance(thing, pikepdf.Object) and not thing.is_indirect
