"""The key with which we prove who we are."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import RSAKey

from web.identity.client_keys import PRIVATE, ensure_key, public_keys, read_key


def test_the_key_is_made_once_and_only_ours_to_read(tmp_path: Path) -> None:
    first = ensure_key(tmp_path)
    assert ensure_key(tmp_path).as_dict(private=True) == first.as_dict(private=True)
    private = tmp_path / "keys" / PRIVATE
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert [path.name for path in private.parent.iterdir()] == [PRIVATE]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: ensure_key(tmp_path).kid, range(8)))
    assert len(set(found)) == 1


def test_the_public_half_has_no_private_part(tmp_path: Path) -> None:
    key = ensure_key(tmp_path)
    assert "d" not in public_keys(key)["keys"][0]


def test_a_key_in_pem_can_be_read(tmp_path: Path) -> None:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    assert read_key(tmp_path / "key.pem").is_private


def test_an_rsa_key_can_be_read_in_both_forms(tmp_path: Path) -> None:
    key = RSAKey.generate_key(2048)
    (tmp_path / "key.pem").write_bytes(key.as_pem(private=True))
    (tmp_path / "key.json").write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    for file in ("key.pem", "key.json"):
        found = read_key(tmp_path / file)
        assert isinstance(found, RSAKey)
        assert found.is_private
        assert public_keys(found)["keys"][0].keys() == {"kty", "n", "e", "kid"}
