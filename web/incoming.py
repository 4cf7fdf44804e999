"""Requests whose files may be far too large: read to their end, so that what was typed is there, but not kept whole."""

from collections.abc import Callable
from string import ascii_letters, digits, punctuation
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import quote_from_bytes

from flask import Request

from procedures.attachments import MAX_BYTES

MULTIPART = "multipart/form-data"
LONGEST = 2 * 1024**3
"""Bytes of a form with files: browsers show no answer before they have sent everything, so even a film is read."""
KEPT_AT_ONCE = 100 * 1024**2
"""Bytes of all files of one form that are kept, on disk; those after it have to be sent again."""
IN_MEMORY = 256 * 1024


class Cut(SpooledTemporaryFile[bytes]):
    """One file as it comes: only what may be kept, and a byte more to tell that there was more.

    `crowded_out`: there was no room left beside the files before it.
    """

    def __init__(self, room: Callable[[int], int]) -> None:
        super().__init__(max_size=IN_MEMORY, mode="w+b")
        self._room = room
        self.crowded_out = False

    def write(self, content: bytes) -> int:
        """Keep the beginning of it; claims to have kept all."""
        wanted = content[: max(0, MAX_BYTES + 1 - self.tell())]
        if wanted:
            room = self._room(len(wanted))
            self.crowded_out = self.crowded_out or room < len(wanted)
            super().write(wanted[:room])
        return len(content)


class Incoming(Request):
    """A request of the website."""

    _left = KEPT_AT_ONCE

    def __init__(self, environ: dict[str, Any], *more: bool) -> None:
        """A query string whose bytes no browser would send as they are is read as if they had been escaped."""
        super().__init__(environ, *more)
        if not self.query_string.isascii():
            self.query_string = quote_from_bytes(self.query_string, safe=ascii_letters + digits + punctuation).encode()

    @property
    def max_content_length(self) -> int | None:
        """What is read at most: of forms with files more, since little of it is kept."""
        return LONGEST if self.mimetype == MULTIPART else super().max_content_length

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return Cut(self._take)

    def _take(self, wanted: int) -> int:
        taken = min(wanted, self._left)
        self._left -= taken
        return taken
