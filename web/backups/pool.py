"""Files that the database names: copied once into the pool, whoever names them; and the index of a generation."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from procedures.blobs.holding import aside
from web.backups.manifest import PIECE, hash_of

INDEX = "files.tsv"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its length in bytes, and its SHA-256."""

    size: int
    sha256: str


Index = Mapping[str, Entry]


class BytesMissing(Exception):
    """A file that the database names is not there: the installation had lost it before."""


def place(folder: Path, key: str) -> Path:
    """Where bytes lie below `folder`, in the pool as in the installation."""
    return folder / key[:2] / key


def collect(blobs: Path, pool: Path, keys: Iterable[str], known: Index, told: Progress) -> tuple[Index, list[str]]:
    """Bring the bytes under `keys` into the pool; what is there already is not read again. Also: what is missing.

    Bytes never change under their key. The folder `blobs` has to be held (`procedures.blobs.holding`).
    """
    wanted, index, missing = sorted(set(keys)), {}, []
    for number, key in enumerate(wanted, start=1):
        target = place(pool, key)
        entry = known.get(key)
        if entry is None or not _has(target, entry.size):
            try:
                entry = _copied(place(blobs, key), target)
            except FileNotFoundError:
                missing.append(key)
                continue
        index[key] = entry
        told(number, len(wanted))
    return index, missing


def give_back(pool: Path, blobs: Path, index: Index, told: Progress) -> None:
    """The way back; what an earlier attempt has brought back already is not copied again."""
    for number, (key, entry) in enumerate(index.items(), start=1):
        target = place(blobs, key)
        if not _has(target, entry.size) and _copied(place(pool, key), target) != entry:
            target.unlink()
            raise BytesMissing(key)
        told(number, len(index))


def prune(pool: Path, kept: Iterable[Index]) -> int:
    """Forget what no generation names any more; how many files."""
    named = {key for index in kept for key in index}
    gone = [path for path in pool.glob("??/*") if path.name not in named]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def write_index(folder: Path, index: Index) -> None:
    """A line each: key, size, hash."""
    lines = (f"{key}\t{entry.size}\t{entry.sha256}\n" for key, entry in sorted(index.items()))
    (folder / INDEX).write_text("".join(lines), encoding="ascii")


def read_index(folder: Path) -> Index:
    """What a generation names."""
    found = {}
    for line in (folder / INDEX).read_text(encoding="ascii").splitlines():
        key, size, digest = line.split("\t")
        found[key] = Entry(int(size), digest)
    return found


def faults(pool: Path, index: Index, told: Progress) -> list[str]:
    """The keys whose bytes are missing or are not what they were."""
    found = []
    for number, (key, entry) in enumerate(index.items(), start=1):
        path = place(pool, key)
        if not _has(path, entry.size) or hash_of(path) != entry.sha256:
            found.append(key)
        told(number, len(index))
    return found


def _has(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _copied(source: Path, target: Path) -> Entry:
    """Copied in one go and renamed; on disk after the `os.sync` that ends a backup. Raises `FileNotFoundError`."""
    target.parent.mkdir(exist_ok=True, mode=0o700)
    unfinished = target.with_name(f"{target.name}.tmp")
    digest, size = sha256(), 0
    try:
        reading = source.open("rb")
    except FileNotFoundError:
        reading = aside(source).open("rb")
    with reading, os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as writing:
        while piece := reading.read(PIECE):
            digest.update(piece)
            writing.write(piece)
            size += len(piece)
    unfinished.replace(target)
    return Entry(size, digest.hexdigest())
