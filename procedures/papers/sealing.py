"""How an installation seals, read from `seal.toml` beside the key; without the file, by the plain key that lies there.

```toml
passphrase_file = "passphrase.txt"        # of the key in seal-key.pem; only its first line counts
timestamp_url = "http://tsa.example/"     # RFC 3161: when it was sealed, by somebody else's clock
[pkcs11]                                  # the key lies in a token instead
module = "/usr/lib/softhsm/libsofthsm2.so"
token = "seal"
key = "seal"                              # label of the key
pin_file = "pin.txt"
```
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Any

FILE = "seal.toml"
KEY_FILE = "seal-key.pem"
CERTIFICATE_FILE = "seal-certificate.pem"
EARLIER = "earlier-certificate-{serial}.pem"
WARN_BEFORE = timedelta(days=60)
"""A new certificate takes weeks to get."""


class WrongSealing(Exception):
    """`seal.toml` cannot be used; says what to mend."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What `seal.toml` says. `pkcs11` holds module, token, key and pin where the key lies in a token."""

    passphrase: bytes | None = None
    timestamp_url: str = ""
    pkcs11: dict[str, str] | None = None


def read(folder: Path) -> Sealing:
    """How the seal in `folder` is used. Raises `WrongSealing`."""
    file = folder / FILE
    if not file.is_file():
        return Sealing()
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        token = written.get("pkcs11")
        if token is not None:
            token = {name: str(token[name]) for name in ("module", "token", "key")} | {"pin": _secret(folder, token)}
        phrase = written.get("passphrase_file")
        return Sealing(
            _line(folder / phrase).encode() if phrase else None, str(written.get("timestamp_url", "")), token
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise WrongSealing(f"{file}: {type(error).__name__} {error}") from error


def rotate(folder: Path) -> Path | None:
    """Keep the present certificate among the earlier ones, so that what it sealed stays ours; where it lies now.

    To be called before another key and certificate are put in their place. None where there is none.
    """
    from cryptography.x509 import load_pem_x509_certificate

    present = folder / CERTIFICATE_FILE
    if not present.is_file():
        return None
    certificate = load_pem_x509_certificate(present.read_bytes())
    kept = folder / EARLIER.format(serial=f"{certificate.serial_number:x}")
    kept.write_bytes(present.read_bytes())
    return kept


def faults(folder: Path, now: datetime) -> Iterator[tuple[str, str]]:
    """What is wrong with the seal, as (check, file): no key, read by others, not a pair, expired or soon so."""
    from cryptography.x509 import load_pem_x509_certificate

    key, present = folder / KEY_FILE, folder / CERTIFICATE_FILE
    if not present.is_file():
        yield "seal_missing", str(present)
        return
    certificate = load_pem_x509_certificate(present.read_bytes())
    if certificate.not_valid_after_utc <= now:
        yield "seal_expired", str(present)
    elif certificate.not_valid_after_utc <= now + WARN_BEFORE:
        yield "seal_expires", f"{present} {certificate.not_valid_after_utc:%Y-%m-%d}"
    for secret in (key, *folder.glob("*.txt")):
        if secret.is_file() and S_IMODE(secret.stat().st_mode) & 0o077:
            yield "seal_open", str(secret)
    if read(folder).pkcs11 is None:
        yield from _pair(folder, key, certificate)


def _pair(folder: Path, key: Path, certificate: Any) -> Iterator[tuple[str, str]]:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(key.read_bytes(), read(folder).passphrase)
    except (OSError, ValueError, TypeError):
        yield "seal_unreadable", str(key)
        return
    if private.public_key() != certificate.public_key():
        yield "seal_not_a_pair", str(key)


def _secret(folder: Path, token: dict[str, Any]) -> str:
    return _line(folder / token["pin_file"])


def _line(file: Path) -> str:
    return (file.read_text(encoding="utf-8").splitlines() or [""])[0]
