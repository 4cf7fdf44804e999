"""The composition root: the only place that chooses adapters and puts the application together."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask, Response

from procedures.database import Database, open_database
from web.access import POLICIES, enforce, policies_of
from web.compression import compress
from web.context import visit
from web.identity.issuers import Issuers
from web.identity.visitors import LIVES
from web.logs import configure_logs
from web.pages.assets import install_assets, read_assets
from web.pages.errors import install_errors
from web.pages.languages import language_blueprint
from web.pages.rendering import install_rendering
from web.security.cookies import SIGNING_IN, VISITOR, cookie_name, set_cookie
from web.security.csrf import check
from web.security.headers import Headers
from web.security.hosts import check_host
from web.services import Overrides, Services
from web.settings import Settings

PARTS = ("web.residents", "web.desk", "web.finance", "web.operator", "web.identity.pages", "web.hooks")


def assemble(settings: Settings | None, database: Database | None, overrides: Overrides | None) -> Flask:
    """The application. Raises `SettingsRefused` or `UndeclaredRoute` instead of starting unsafe."""
    settings = settings or Settings.from_environment()
    configure_logs()
    app = Flask("web", static_folder=None, root_path=str(Path(__file__).parent))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_limit,
        SESSION_COOKIE_NAME=cookie_name(SIGNING_IN, settings),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
    )
    app.extensions["tetsuzuki"] = services_of(settings, database, overrides or Overrides())
    install_rendering(app)
    install_assets(app, read_assets())
    install_errors(app)
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    _guard(app, settings)
    app.extensions[POLICIES] = policies_of(app)
    return app


def services_of(settings: Settings, database: Database | None, overrides: Overrides) -> Services:
    """The adapters that these settings choose, with a test's own in place of them."""
    return Services(
        settings=settings,
        database=database or open_database(settings.database),
        blobs=overrides.blobs,
        provider=overrides.provider,
        issuers=Issuers(settings.issuers, settings.public_url, settings.data_dir),
        clock=overrides.clock,
    )


def _blueprints() -> Iterator[Blueprint]:
    yield language_blueprint()
    for name in PARTS:
        if find_spec(name) and hasattr(part := import_module(name), "blueprint"):
            yield part.blueprint


def _guard(app: Flask, settings: Settings) -> None:
    headers = Headers(settings)

    @app.before_request
    def admit() -> None:
        check_host(settings)
        enforce(app)
        check(app)

    @app.after_request
    def complete(response: Response) -> Response:
        facts = visit()
        known = facts.known_visitor
        if known is not None and known.renew and facts.keep_visitor_cookie:
            set_cookie(response, settings, VISITOR, known.cookie(settings.secret_key, facts.moment), LIVES)
        return compress(headers.write(response))
