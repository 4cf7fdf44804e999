"""Public keys of clients: which are taken, and without anything that is not for us to know."""

from collections.abc import Mapping
from typing import Any

ALGORITHMS = ("ES256", "ES384", "RS256", "PS256", "EdDSA")
MOST = 10
SHORTEST_RSA = 2048


def public_keys(jwks: Mapping[str, Any]) -> dict[str, Any]:
    """The JWK Set (RFC 7517), public parts alone. Raises `ValueError` for symmetric, private, weak or broken keys."""
    from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

    given = jwks.get("keys")
    if not isinstance(given, list) or not 0 < len(given) <= MOST:
        raise ValueError("a JWK Set has a list of keys")
    try:
        found = KeySet.import_key_set({"keys": given})
    except Exception as error:  # what a JOSE library says of hostile JSON is of many kinds
        raise ValueError("these keys cannot be read") from error
    for key in found.keys:
        if not isinstance(key, RSAKey | ECKey | OKPKey) or key.is_private:
            raise ValueError("only public keys of the kinds RSA, EC and OKP")
        if isinstance(key, RSAKey) and key.public_key.key_size < SHORTEST_RSA:
            raise ValueError("an RSA key of at least 2048 bits")
    return dict(found.as_dict(private=False))
