"""The ring: master keys in one file, of which one is in use; they wrap data keys and nothing else."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class RingBroken(Exception):
    """The ring cannot be used; the message says which file, why, and what to do."""


class MasterMissing(Exception):
    """A data key is wrapped by a master key that the ring does not hold, or that is not the one it was."""


@dataclass(frozen=True, slots=True)
class Masters:
    """What the file holds: keys of 32 bytes by their id, and which of them wraps what is new."""

    current: str
    keys: Mapping[str, bytes]


class Ring:
    """The master keys in `file`, read again when it changes, so that a new one is used without a restart.

    Each wrap is AES-256-GCM under a random nonce (NIST SP 800-38D), bound to whose key it is and to the master's id.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._seen: tuple[int, int] | None = None
        self._masters: Masters | None = None
        self._ciphers: dict[str, AESGCM] = {}

    def wrap(self, data_key: bytes, about: str) -> tuple[str, str]:
        """A data key → the id of the master that wraps it, and the wrap. `about` says whose it is."""
        masters = self.masters()
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[masters.current].encrypt(nonce, data_key, _bound(about, masters.current))
        return masters.current, b64encode(nonce + sealed).decode("ascii")

    def unwrap(self, wrapped: str, master: str, about: str) -> bytes:
        """The way back. Raises `MasterMissing`."""
        cipher = self._ciphers.get(master)
        if cipher is None:
            self.masters()
            cipher = self._ciphers.get(master)
        if cipher is None:
            raise MasterMissing(f"{self.file} has no master key {master}: put it back from where the ring is kept.")
        sealed = b64decode(wrapped)
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(about, master))
        except InvalidTag:
            raise MasterMissing(f"{self.file}: master key {master} does not unwrap {about}.") from None

    def masters(self) -> Masters:
        """What the file holds now. Raises `RingBroken`."""
        try:
            found = self.file.stat()
        except OSError as error:
            raise RingBroken(
                f"{self.file}: there is no key ring. `tetsuzuki keys new` makes one; one that was lost is put back "
                "from where it is kept, for without it nothing can be read."
            ) from error
        seen = (found.st_mtime_ns, found.st_ino)
        if self._masters is None or seen != self._seen:
            self._masters = _read(self.file)
            self._ciphers = {name: AESGCM(key) for name, key in self._masters.keys.items()}
            self._seen = seen
        return self._masters

    def add(self, *, use: bool = True) -> str:
        """Put a new master key on the ring, making the file where there is none; its id. With `use`, it wraps now."""
        name = f"m{token_hex(4)}"
        if not self.file.exists():
            self._write(Masters(name, {name: os.urandom(KEY_BYTES)}), first=True)
            return self.masters().current
        masters = self.masters()
        keys = {**masters.keys, name: os.urandom(KEY_BYTES)}
        self._write(Masters(name if use else masters.current, keys))
        return name

    def use(self, name: str) -> None:
        """What is wrapped from now on is wrapped by this one. Raises `MasterMissing`."""
        masters = self.masters()
        if name not in masters.keys:
            raise MasterMissing(f"{self.file} has no master key {name}.")
        self._write(Masters(name, masters.keys))

    def drop(self, name: str) -> None:
        """Take a master key off. Only where it wraps nothing any more: the caller has looked. Not the one in use."""
        masters = self.masters()
        if name == masters.current or name not in masters.keys:
            raise MasterMissing(f"{self.file}: {name} is in use, or is not on the ring.")
        self._write(Masters(masters.current, {key: value for key, value in masters.keys.items() if key != name}))

    def _write(self, masters: Masters, *, first: bool = False) -> None:
        """All or nothing, readable by its owner alone from the first moment. The `first` of two at once stays."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = {name: b64encode(key).decode("ascii") for name, key in masters.keys.items()}
        unfinished = self.file.with_name(f".{self.file.name}.{token_hex(4)}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"current": masters.current, "keys": keys}, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        if first:
            with suppress(FileExistsError):
                self.file.hardlink_to(unfinished)
            unfinished.unlink()
        else:
            unfinished.replace(self.file)


def ensure_ring(file: Path) -> Ring:
    """The ring of the default run: made at set-up, kept ever after."""
    ring = Ring(file)
    if not file.exists():
        ring.add()
    return ring


def _bound(about: str, master: str) -> bytes:
    return f"case_key|{about}|{master}".encode()


def _read(file: Path) -> Masters:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        keys = {str(name): b64decode(text, validate=True) for name, text in found["keys"].items()}
        masters = Masters(str(found["current"]), keys)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RingBroken(f"{file}: this is no key ring ({error}). Put back the one that was kept.") from error
    if masters.current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise RingBroken(f"{file}: a key of the ring is missing or not 32 bytes long. Put back the one that was kept.")
    return masters
