"""The smallest input that still breaks in the same way."""

import time
from collections.abc import Callable


def minimised(source: bytes, still: Callable[[bytes], bool], seconds: float = 30.0) -> bytes:
    """`source` with pieces left out, large ones first, for as long as `still` holds; at most for so many seconds."""
    end = time.monotonic() + seconds
    piece = max(1, len(source) // 2)
    while True:
        place, shorter = 0, False
        while place < len(source) and time.monotonic() < end:
            candidate = source[:place] + source[place + piece :]
            if still(candidate):
                source, shorter = candidate, True
            else:
                place += piece
        if time.monotonic() >= end or (piece == 1 and not shorter):
            return source
        piece = piece if shorter and piece == 1 else max(1, piece // 2)
