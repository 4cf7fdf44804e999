"""The local issuer as a Flask application of its own: discovery, keys, the page of people, the token endpoint."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from flask import Flask, Response, jsonify, render_template, request
from joserfc.jwk import ECKey, KeySet

from engine.words import say, tag_of
from web.issuer.people import PEOPLE
from web.issuer.server import METHOD, SCOPES, Client, install_protocol
from web.issuer.store import Store
from web.pages.languages import preferred_language

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8").strip()


def create_issuer(
    issuer: str, public_url: str, data_dir: Path, client_id: str = "tetsuzuki", store: Store | None = None
) -> Flask:
    """The issuer at the address `issuer` for the web server at `public_url`, which keeps its key in `data_dir`."""
    app = Flask("web.issuer", static_folder=None, root_path=str(Path(__file__).parent))
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    client = Client(client_id, f"{public_url.rstrip('/')}/sign-in/local/callback", data_dir)
    server = install_protocol(app, issuer, client, store or Store(), key)
    _describe(app, issuer, key)
    _serve(app, server, public_url)
    return app


def _describe(app: Flask, issuer: str, key: ECKey) -> None:
    @app.get("/.well-known/openid-configuration")
    def configuration() -> Response:
        return jsonify(
            issuer=issuer,
            authorization_endpoint=f"{issuer}/authorize",
            token_endpoint=f"{issuer}/token",
            jwks_uri=f"{issuer}/keys",
            response_types_supported=["code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["ES256"],
            token_endpoint_auth_methods_supported=[METHOD],
            token_endpoint_auth_signing_alg_values_supported=["ES256"],
            code_challenge_methods_supported=["S256"],
            scopes_supported=list(SCOPES),
            acr_values_supported=["basic", "substantial", "high"],
            authorization_response_iss_parameter_supported=True,
        )

    @app.get("/keys")
    def keys() -> Response:
        return jsonify(KeySet([key]).as_dict(private=False))

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"


def _serve(app: Flask, server: AuthorizationServer, public_url: str) -> None:
    @app.get("/authorize")
    def authorize() -> tuple[str, int]:
        try:
            server.get_consent_grant()
        except OAuth2Error:
            return _page("refused.html"), 400
        residents = [person for person in PEOPLE.values() if not person.roles]
        staff = [person for person in PEOPLE.values() if person.roles]
        return _page("people.html", groups=[("residents", residents), ("staff", staff)]), 200

    @app.post("/authorize")
    def answer() -> Response | tuple[str, int]:
        person = PEOPLE.get(request.form.get("person", ""))
        try:
            grant = server.get_consent_grant(end_user=person)
        except OAuth2Error:
            return _page("refused.html"), 400
        return server.create_authorization_response(grant_user=person, grant=grant)

    @app.post("/token")
    def token() -> Response:
        return server.create_token_response()

    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(STYLE)}'; base-uri 'none'; frame-ancestors 'none';"
        f" form-action 'self' {public_url}"
    )

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _hash(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()


def _page(template: str, **facts: object) -> str:
    # In order of preference, apart by blanks (OpenID Connect Core 3.1.2.1).
    wished = request.args.get("ui_locales", "").replace(" ", ",")
    spoken = preferred_language(f"{wished},{request.headers.get('Accept-Language', '')}")

    def words(key: str) -> str:
        return say(f"identity.{key}", spoken)

    return render_template(template, say=words, language=spoken, tag=tag_of(spoken), style=STYLE, **facts)
