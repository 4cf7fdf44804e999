"""The key ring of all tests, the same in every process, and databases that are opened with it."""

import json
from base64 import b64encode
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from procedures.database import Database, open_database
from procedures.keyring.ring import KEY_BYTES, Ring


@cache
def ring() -> Ring:
    """One ring: databases are lent from test to test, and opened by several processes of one."""
    file = Path(mkdtemp(prefix="tetsuzuki-ring-")) / "ring.json"
    key = b64encode(b"t" * KEY_BYTES).decode("ascii")
    file.write_text(json.dumps({"current": "m0", "keys": {"m0": key}}), encoding="utf-8")
    return Ring(file)


def opened(url: str, processes: int = 1) -> Database:
    """The database at `url`."""
    return open_database(url, processes, ring())
