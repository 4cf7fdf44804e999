"""`tetsuzuki client`: what it says, and its exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, KeySet

Command = Callable[..., tuple[int, str, str]]
ADD = ("client", "add", "窓口", "--scope", "cases:read", "--office", "*", "--procedure", "*")


def test_a_client_from_its_registration_to_its_end(tetsuzuki: Command, folder: Path) -> None:
    assert tetsuzuki("migrate")[0] == 0
    code, out, _ = tetsuzuki(*ADD)
    client = out.strip()
    assert (code, len(client)) == (0, 26)
    secrets = [tetsuzuki("client", "secret", client)[1].strip() for _ in range(2)]
    assert all(one.startswith("tzs_") for one in secrets)
    code, _, told = tetsuzuki("client", "secret", client)
    assert (code, "two secrets" in told) == (1, True)
    listed = tetsuzuki("client", "list")[1]
    assert client in listed
    assert not any(one in listed for one in secrets)
    secret_id = listed.splitlines()[1].split()[0]
    assert tetsuzuki("client", "revoke", client, "--secret", secret_id)[0] == 0
    assert tetsuzuki("client", "secret", client)[0] == 0
    jwks = folder / "jwks.json"
    jwks.write_text(json.dumps(KeySet([ECKey.generate_key("P-256")]).as_dict(private=False)))
    assert tetsuzuki("client", "keys", client, str(jwks))[:2] == (0, "Changed.\n")
    assert tetsuzuki("client", "keys", client, str(folder / "nothing.json"))[0] == 2
    assert tetsuzuki("client", "revoke", client)[:2] == (0, "Revoked.\n")
    assert tetsuzuki("client", "secret", client)[0] == 1


@pytest.mark.parametrize("words", [("secret", "nobody"), ("revoke", "nobody"), ("revoke", "nobody", "--secret", "x")])
def test_somebody_unknown(tetsuzuki: Command, words: tuple[str, ...]) -> None:
    assert tetsuzuki("migrate")[0] == 0
    code, _, told = tetsuzuki("client", *words)
    assert (code, "client list" in told) == (1, True)
