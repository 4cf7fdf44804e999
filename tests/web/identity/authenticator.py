"""An authenticator in software: makes passkeys and signs with them as a device would (WebAuthn Level 3, 6)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from os import urandom
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    """As base64url."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(coded: str) -> bytes:
    """From base64url."""
    return urlsafe_b64decode(coded + "=" * (-len(coded) % 4))


@dataclass
class Authenticator:
    """One passkey on one device. A test changes `origin`, `host`, `flags` or `counter` to make it lie."""

    origin: str = "http://localhost"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: urandom(32))
    user: str = ""

    def make(self, options: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The answer to registration options."""
        self.user = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + len(self.credential).to_bytes(2) + self.credential + cbor2.dumps(cose)
        data = self._data(ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(attestation)}) | more

    def sign(self, options: dict[str, Any], user: str | None = None) -> dict[str, Any]:
        """The answer to sign-in options."""
        self.counter += 1
        data, client = self._data(0), self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": text(client),
            "authenticatorData": text(data),
            "signature": text(signature),
            "userHandle": self.user if user is None else text(user.encode()),
        }
        return self._answer(response)

    def _data(self, more: int) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([self.flags | more]) + self.counter.to_bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": text(self.credential),
            "rawId": text(self.credential),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
