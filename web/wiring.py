"""The composition root: the only place that chooses adapters and puts the application together."""

from pathlib import Path

from flask import Blueprint, Flask, Response

import payments.jobs
import web.api
import web.audit
import web.author
import web.counter
import web.desk
import web.finance
import web.hooks
import web.identity.acting_as
import web.identity.mail.views
import web.identity.pages
import web.identity.passkeys.account
import web.identity.passkeys.signing_in
import web.identity.places
import web.identity.stepping_up
import web.manage
import web.operator
import web.pages.language_choice
import web.public
import web.residents
from payments.keeping import HOLDS
from payments.providers import Provider
from payments.providers.stripe import StripeProvider
from procedures import certificates, letters, notices
from procedures.asides import telling as opinions
from procedures.assigning import arriving, asking, automatic, telling
from procedures.batches import preparing, running
from procedures.blobs import leaving
from procedures.blobs.disk import DiskBlobs
from procedures.clock import digest
from procedures.clock.finding import Rules
from procedures.continuing import mailing, resuming
from procedures.database import Database, open_database
from procedures.insight.counting import Counts
from procedures.morning import mail as morning_mail
from procedures.morning import telling as morning_telling
from procedures.outgoing import alarming, events, sending
from procedures.outgoing.signing import Secrets
from procedures.people.mail_links import JOB
from procedures.periodics import Means, periodics
from procedures.reaching import codes
from procedures.uploads.scanning import NO_SCANNER, Scanner
from procedures.uploads.scanning.clamav import ClamAv
from web.access import POLICIES, enforce, policies_of
from web.api.authorizing import install_authorization
from web.compression import compress
from web.context import visit
from web.desk.batches.kinds import KINDS
from web.identity.attempts import Attempts
from web.identity.issuers import Issuers
from web.identity.mail.sending import handler as sign_in_mail
from web.identity.places import note_visit
from web.identity.visitors import LIVES
from web.logs import configure_logs
from web.looks import NotRecorded, write_looks
from web.metrics import page as _metrics  # noqa: F401 - adds its route to the operator's
from web.metrics.providing import watched as watched_provider
from web.metrics.requests import install as install_measuring
from web.notifying import channels_of, poster_of, press_of, sender_of, verifying_of
from web.operator.concerns import concerns_of
from web.pages.assets import install_assets, read_assets
from web.pages.errors import install_errors, show_error
from web.pages.rendering import install_rendering
from web.pages.unavailable import install_unavailable
from web.residents.insight import write_if_due
from web.rings import ring_of
from web.security.cookies import SIGNING_IN, VISITOR, cookie_name, set_cookie
from web.security.csrf import check
from web.security.headers import Headers
from web.security.hosts import check_host, check_path
from web.services import Overrides, Services
from web.settings import Settings
from web.website import Website
from web.worker import Work

UNAVAILABLE = 503
SEVERAL = 2  # website and worker, whatever their exact number: what open_database needs to know


def assemble(settings: Settings | None, database: Database | None, overrides: Overrides | None) -> Flask:
    """The application. Raises `SettingsRefused` or `UndeclaredRoute` instead of starting unsafe."""
    settings = settings or Settings.from_environment()
    configure_logs()
    app = Website("web", static_folder=None, root_path=str(Path(__file__).parent))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_limit,
        SESSION_COOKIE_NAME=cookie_name(SIGNING_IN, settings),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
    )
    app.session_interface = Attempts()
    app.extensions["tetsuzuki"] = services_of(settings, database, overrides or Overrides())
    install_measuring(app)
    install_rendering(app)
    install_assets(app, read_assets())
    install_errors(app)
    install_unavailable(app)
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    install_authorization(app)
    _guard(app, settings)
    app.extensions[POLICIES] = policies_of(app)
    return app


def _blueprints() -> tuple[Blueprint, ...]:
    return (
        web.residents.blueprint,
        web.public.blueprint,
        web.counter.blueprint,
        web.desk.blueprint,
        web.finance.blueprint,
        web.operator.blueprint,
        web.author.blueprint,
        web.audit.blueprint,
        web.manage.blueprint,
        web.identity.pages.blueprint,
        web.hooks.blueprint,
        web.api.blueprint,
        web.pages.language_choice.blueprint,
    )


def _guard(app: Flask, settings: Settings) -> None:
    headers = Headers(settings)

    @app.before_request
    def admit() -> None:
        check_host(settings)
        check_path()
        enforce(app)
        check(app)

    @app.after_request
    def complete(response: Response) -> Response:
        facts = visit()
        known = facts.known_visitor
        if known is not None and known.renew and facts.keep_visitor_cookie:
            set_cookie(response, settings, VISITOR, known.cookie(settings.secret_key, facts.moment), LIVES)
        write_if_due()
        note_visit()
        try:
            write_looks(response)
        except NotRecorded:
            response = show_error(UNAVAILABLE)
        return compress(headers.write(response))


def services_of(settings: Settings, database: Database | None, overrides: Overrides) -> Services:
    """The adapters that these settings choose, with a test's own in place of them."""
    database = database or open_database(settings.database, SEVERAL, ring_of(settings))
    return Services(
        settings=settings,
        database=database,
        blobs=overrides.blobs or DiskBlobs(settings.blobs_dir, database.sealing),
        scanner=overrides.scanner or _scanner(settings),
        provider=overrides.provider or watched_provider(_provider(settings)),
        issuers=Issuers(settings.issuers, settings.public_url, settings.data_dir),
        counts=Counts(),
        clock=overrides.clock,
    )


def _provider(settings: Settings) -> Provider:
    return StripeProvider(settings.stripe_secret_key, settings.stripe_webhook_secret, settings.stripe_api_base)


def _scanner(settings: Settings) -> Scanner:
    return ClamAv(settings.clamav) if settings.clamav else NO_SCANNER


def work_of(services: Services) -> Work:
    """What a worker of this installation does."""
    settings = services.settings
    name, sender = settings.authority.name, sender_of(settings)
    channels = channels_of(settings)
    templates = settings.specs_dir / "templates"
    rules, concerns = Rules(settings.due_soon_days, settings.unclaimed_days), concerns_of(settings)
    return Work(
        handlers={
            "notice.send": notices.handler(channels, sender),
            "reach.code": codes.handler(channels, settings.secret_key),
            preparing.JOB: running.handler(KINDS, services.clock),
            arriving.JOB: automatic.handler(),
            arriving.PROPOSAL: asking.handler(),
            telling.JOB: telling.handler(channels["mail"], sender),
            resuming.JOB: mailing.handler(channels["mail"], sender, settings.secret_key),
            morning_telling.JOB: morning_mail.handler(channels["mail"], sender, concerns),
            digest.JOB: digest.handler(channels["mail"], sender),
            opinions.JOB: opinions.handler(channels["mail"], sender),
            JOB: sign_in_mail(channels, sender, settings),
            leaving.JOB: leaving.handler(services.blobs),
            "certificate.issue": certificates.handler(
                services.blobs, templates, settings.seal_dir, name.ja, verifying_of(settings)
            ),
            letters.JOB: letters.handler(services.blobs, templates, settings.seal_dir, name.ja),
            "receipt.make": press_of(services).handler(),
            events.JOB: sending.handler(poster_of(settings), Secrets(settings.secret_key)),
            alarming.JOB: alarming.handler(channels["mail"], sender),
            **payments.jobs.handlers(services.provider),
        },
        periodic=(
            *periodics(Means(services.blobs, rules, concerns, HOLDS)),
            *payments.jobs.periodic(services.provider),
        ),
    )
