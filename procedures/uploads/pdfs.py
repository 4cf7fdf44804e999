"""PDF files: whole, beginning as one, and readable without a password."""

from procedures.errors import FileRefused

_HEADER = b"%PDF-"
_END = b"%%EOF"
_END_WITHIN = 2048


def check_pdf(content: bytes, _media_type: str) -> bytes:
    """The content unchanged. Raises `FileRefused` for what is cut off, disguised or locked."""
    if not content.startswith(_HEADER) or _END not in content[-_END_WITHIN:]:
        raise FileRefused("notices.file_broken")
    if b"/Encrypt" in content:
        raise FileRefused("notices.file_locked")
    return content
