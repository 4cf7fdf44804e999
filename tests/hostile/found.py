"""Inputs that broke something once, kept so that they never do again: a file each, below the name of their target."""

from hashlib import sha256
from pathlib import Path

from tests.house.tree import ROOT

FOLDER = Path(__file__).parent / "found"
NEW = ROOT / ".fuzz"
"""Where a run puts what it finds; whoever mends it moves the file into `FOLDER`."""


def kept(target: str) -> list[Path]:
    """The files of a target."""
    return sorted((FOLDER / target).glob("*.bin"))


def keep(target: str, source: bytes) -> Path:
    """Write down what was found just now."""
    path = NEW / target / f"{sha256(source).hexdigest()[:12]}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source)
    return path
