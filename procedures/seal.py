"""The electronic seal (電子署名) in place of the official stamp: its key, and sealing a PDF by PAdES."""

from datetime import datetime
from pathlib import Path


def create_seal_key(folder: Path, authority: str, now: datetime) -> None:
    """Make a key and a self-signed certificate in `folder` for the default run; keeps what is there already."""
    raise NotImplementedError


def seal(pdf: bytes, folder: Path) -> bytes:
    """The PDF with a PAdES signature."""
    raise NotImplementedError
