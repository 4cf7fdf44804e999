"""The key with which we prove to an issuer who we are (`private_key_jwt`)."""

import json
from pathlib import Path
from secrets import token_hex
from typing import Any

from joserfc.errors import InvalidKeyTypeError
from joserfc.jwk import ECKey, KeySet, RSAKey

PRIVATE = "sign-in.private.json"


def key_folder(data_dir: Path) -> Path:
    """Where the installation's own keys are."""
    return data_dir / "keys"


def ensure_key(data_dir: Path) -> ECKey | RSAKey:
    """The key of this installation, made on first use; processes that start together agree on one."""
    folder = key_folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / PRIVATE
    try:
        return read_key(path)
    except FileNotFoundError:
        key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    unfinished = folder / f"{PRIVATE}.{token_hex(8)}"
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    try:
        path.hardlink_to(unfinished)  # fails if another process was first: its key is then the one
    except FileExistsError:
        return read_key(path)
    finally:
        unfinished.unlink()
    return key


def read_key(path: Path) -> ECKey | RSAKey:
    """A private key, on a curve or RSA, in JWK or PEM format. Raises FileNotFoundError, ValueError."""
    text = path.read_text(encoding="utf-8")
    key = _from_jwk(json.loads(text)) if text.lstrip().startswith("{") else _from_pem(text)
    key.ensure_kid()
    return key


def _from_jwk(values: dict[str, Any]) -> ECKey | RSAKey:
    return RSAKey.import_key(values) if values.get("kty") == "RSA" else ECKey.import_key(values)


def _from_pem(text: str) -> ECKey | RSAKey:
    try:
        return ECKey.import_key(text)
    except (InvalidKeyTypeError, ValueError):
        return RSAKey.import_key(text)


def public_keys(key: ECKey | RSAKey) -> dict[str, object]:
    """The JWK set to register with an issuer, or to serve as our `jwks_uri`."""
    return KeySet([key]).as_dict(private=False)
