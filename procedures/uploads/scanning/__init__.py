"""Whether a file is known to do harm: a port of one method."""

from typing import Protocol


class ScannerUnavailable(Exception):
    """Nobody can say now. The file must not be taken as clean."""


class Scanner(Protocol):
    """Something that knows harmful files."""

    def infected(self, content: bytes) -> bool:
        """Whether the file does harm. Raises `ScannerUnavailable`."""


class _Nobody:
    def infected(self, content: bytes) -> bool:
        """Nothing is known of any file."""
        return False


NO_SCANNER: Scanner = _Nobody()
"""Where an installation has set none."""
