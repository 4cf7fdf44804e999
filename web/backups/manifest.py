"""What a generation says of itself: when, by which release, how many rows and files, and the hash of everything."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from web.backups.folders import BackupRefused, write_whole

FORMAT = 1
NAME = "manifest.json"
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One generation. `files` are hashes by path below it, `tables` numbers of rows, `columns` those of PostgreSQL.

    `blobs` and `blob_bytes` say how many files of the pool belong to it; which, its index says.
    """

    taken_at: str
    release: str
    revision: str
    dialect: str
    files: Mapping[str, str]
    tables: Mapping[str, int]
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    sequences: Mapping[str, int] = field(default_factory=dict)
    blobs: int = 0
    blob_bytes: int = 0
    format: int = FORMAT


def write(folder: Path, manifest: Manifest) -> None:
    """As `manifest.json` of the generation."""
    write_whole(folder / NAME, json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read(folder: Path) -> Manifest:
    """What the generation says. Raises `BackupRefused` where it cannot be read or is of a later format."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise BackupRefused("backup_format", folder=folder)
        return Manifest(**found)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupRefused("backup_unreadable", folder=folder) from error


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def hashes_below(folder: Path) -> dict[str, str]:
    """Of every file of a generation but its manifest, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): hash_of(path) for path in files}
