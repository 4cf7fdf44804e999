"""An issuer that tests make lie, and people who sign in there."""

from collections.abc import Callable, Iterator
from time import time
from typing import Any

import requests
from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from tests.web.identity.conftest import Person


def refused(page: requests.Response, person: Person) -> None:
    """The page says to sign in again, shows nothing of the inside, and nobody is signed in."""
    assert page.status_code == 400
    assert "もう一度ログイン" in page.text
    assert "Traceback" not in page.text
    assert "OAuth" not in page.text
    assert not person.signed_in


class Liar:
    """An issuer that a test makes lie: `claims` are changed, `sign` replaces the signature, `metadata` is changed."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
        self.nonce = ""
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str | None] = self.honestly
        self.userinfo: dict[str, Any] | str | None = None
        self.published: list[ECKey] = []
        self.drip: Callable[[], Iterator[bytes]] | None = None
        self.address = ""

    def honestly(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)

    def app(self) -> Flask:
        app = Flask("liar")

        @app.get("/.well-known/openid-configuration")
        def configuration() -> Response:
            facts = {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            }
            offered = {} if self.userinfo is None else {"userinfo_endpoint": f"{self.address}/userinfo"}
            return jsonify({**facts, **offered, **self.metadata})

        @app.get("/keys")
        def keys() -> Response:
            return jsonify(KeySet(self.published or [self.key]).as_dict(private=False))

        @app.get("/userinfo")
        def userinfo() -> Response:
            assert request.headers["Authorization"] == "Bearer a"
            signed = isinstance(self.userinfo, str)
            return Response(self.userinfo, mimetype="application/jwt") if signed else jsonify(self.userinfo)

        @app.post("/token")
        def token() -> Response:
            assert request.form["client_assertion"]
            now = int(time())
            claims = {
                "iss": self.address,
                "aud": "tetsuzuki",
                "sub": "hanako",
                "name": "山田 花子",
                "nonce": self.nonce,
            }
            if self.drip is not None:
                return Response(self.drip(), mimetype="application/json")
            signed = self.sign({**claims, "iat": now, "exp": now + 60, **self.claims})
            return jsonify({"access_token": "a", "token_type": "Bearer", **({"id_token": signed} if signed else {})})

        return app
