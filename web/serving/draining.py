"""Whether this server was told to stop and only finishes what it has: a file that all its processes look for."""

import os
from pathlib import Path

VARIABLE = "TETSUZUKI_STOPPING_FILE"
"""Set by `tetsuzuki serve` for its processes; not a setting."""


def is_draining() -> bool:
    """Whether it was told to stop."""
    name = os.environ.get(VARIABLE)
    return name is not None and Path(name).exists()
