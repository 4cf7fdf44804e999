"""Settings: what differs between two installations, read once from `TETSUZUKI_*` and never again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

from web.authority import Authority
from web.gateways import Gateways
from web.identity.configuration import LEVELS, IssuerSettings, local_issuer
from web.identity.issuers_file import read_issuers

LOCAL_SECRET = "local-run-only-never-in-production"  # noqa: S105 - the point is that production refuses it
LOCAL_STRIPE_KEY = "sk_test_local_sandbox"
LOCAL_WEBHOOK_SECRET = "whsec_local_sandbox"  # noqa: S105 - as above
LOCAL_STRIPE_API = "http://127.0.0.1:8002"
LOCAL_PUBLIC_URL = "http://127.0.0.1:8000"
SHORTEST_SECRET = 32
CLAMD = re.compile(r"/.+|[^/\s]+:[0-9]{1,5}")


class SettingsRefused(Exception):
    """The settings cannot be used. `problems` says which, and what to set instead."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an installation chooses. The defaults are those of the local run."""

    production: bool = False
    data_dir: Path = Path(".data")
    specs_dir: Path = Path("procedure_specs")
    database_url: str = ""
    public_url: str = LOCAL_PUBLIC_URL
    allowed_hosts: frozenset[str] = frozenset()
    secret_key: str = LOCAL_SECRET
    stripe_api_base: str = LOCAL_STRIPE_API
    stripe_secret_key: str = LOCAL_STRIPE_KEY
    stripe_webhook_secret: str = LOCAL_WEBHOOK_SECRET
    issuers: tuple[IssuerSettings, ...] = field(default_factory=lambda: (local_issuer(),))
    smtp_url: str = ""
    key_ring: str = ""
    clamav: str = ""
    mail_from: str = "tetsuzuki@localhost"
    authority: Authority = field(default_factory=Authority)
    gateways: Gateways = field(default_factory=Gateways)
    high_minutes: int = 30
    fresh_minutes: int = 10
    passkeys: bool = True
    passkey_level: str = "high"
    mail_sign_in: bool = False
    proxies: int = 0
    due_soon_days: int = 3
    unclaimed_days: int = 3
    webhook_private: bool = False
    drain_seconds: int = 0
    metrics_token: str = ""
    upload_limit: int = 24 * 1024 * 1024

    @property
    def https(self) -> bool:
        """Whether people reach us over TLS: decides cookie prefixes and HSTS."""
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """The `Host` headers that are answered."""
        return frozenset(host.lower() for host in (*self.allowed_hosts, urlsplit(self.public_url).netloc))

    @property
    def database(self) -> str:
        """The database's URL; a SQLite file in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'tetsuzuki.db'}"

    @property
    def blobs_dir(self) -> Path:
        """Attachments and certificates."""
        return self.data_dir / "blobs"

    @property
    def mail_dir(self) -> Path:
        """Mails, where no mail server is set."""
        return self.data_dir / "mail"

    @property
    def seal_dir(self) -> Path:
        """The key and certificate of the electronic seal."""
        return self.data_dir / "keys" / "seal"

    @property
    def ring_file(self) -> Path:
        """The master keys of what is kept of cases."""
        return Path(self.key_ring) if self.key_ring else self.data_dir / "keys" / "ring.json"

    @property
    def uses_sandbox(self) -> bool:
        """Whether payments go to a local Stripe instead of the real one."""
        return self.stripe_api_base.rstrip("/") != "https://api.stripe.com"

    @property
    def form_targets(self) -> tuple[str, ...]:
        """Origins that a form of ours may lead to by redirect: the issuers and the pay page (CSP `form-action`)."""
        pay = self.stripe_api_base if self.uses_sandbox else "https://checkout.stripe.com"
        return tuple(sorted({_origin(pay), *_issuer_origins(self.issuers)}))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = environ) -> "Settings":
        """Read `TETSUZUKI_*`. Raises `SettingsRefused` with every problem at once."""
        known = {name.removeprefix("TETSUZUKI_"): text for name, text in environment.items() if text}
        folder = Path(known.get("DATA_DIR", ".data"))
        texts = {name.lower(): known[name] for name in _TEXTS if name in known}
        issuers_file = known.get("ISSUERS_FILE")
        settings = cls(
            production=_yes(known, "PRODUCTION", "0"),
            data_dir=folder,
            specs_dir=Path(known.get("SPECS_DIR", "procedure_specs")),
            allowed_hosts=frozenset(host.strip() for host in known.get("ALLOWED_HOSTS", "").split(",") if host.strip()),
            issuers=_issuers(issuers_file, known),
            authority=Authority.from_mapping(known),
            gateways=Gateways.from_mapping(known),
            high_minutes=_number(known, "HIGH_MINUTES", 30),
            fresh_minutes=_number(known, "FRESH_MINUTES", 10),
            passkeys=_yes(known, "PASSKEYS", "1"),
            passkey_level=_level(known),
            mail_sign_in=_yes(known, "MAIL_SIGN_IN", "0"),
            proxies=_number(known, "PROXIES", 0),
            due_soon_days=_number(known, "DUE_SOON_DAYS", 3),
            unclaimed_days=_number(known, "UNCLAIMED_DAYS", 3),
            webhook_private=_yes(known, "WEBHOOK_PRIVATE", "0"),
            drain_seconds=_number(known, "DRAIN_SECONDS", 5 if _yes(known, "PRODUCTION", "0") else 0),
            **texts,
        )
        if problems := tuple(refusals(settings)):
            raise SettingsRefused(problems)
        return settings


_TEXTS = (
    "DATABASE_URL",
    "PUBLIC_URL",
    "SECRET_KEY",
    "STRIPE_API_BASE",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "SMTP_URL",
    "MAIL_FROM",
    "CLAMAV",
    "METRICS_TOKEN",
    "KEY_RING",
)


def _issuer_origins(issuers: tuple[IssuerSettings, ...]) -> set[str]:
    """Where a sign-in or its end may lead: the issuers themselves, and what else they were said to use."""
    places = {place for one in issuers for place in (one.issuer, *one.origins, *one.endpoints.values())}
    return {_origin(place) for place in places}


def _issuers(file: str | None, known: Mapping[str, str]) -> tuple[IssuerSettings, ...]:
    if file is None:
        return (local_issuer(known.get("LOCAL_ISSUER", "")),)
    try:
        return read_issuers(Path(file).read_text(encoding="utf-8"), Path(file).parent)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SettingsRefused((f"TETSUZUKI_ISSUERS_FILE: {file} cannot be used: {error}.",)) from error


def _yes(known: Mapping[str, str], name: str, otherwise: str) -> bool:
    return known.get(name, otherwise) not in {"0", "no", "false"}


def _number(known: Mapping[str, str], name: str, otherwise: int) -> int:
    text = known.get(name, str(otherwise))
    if not (text.isascii() and text.isdecimal()):
        raise SettingsRefused((f"TETSUZUKI_{name}: {text} is no whole number; write one such as {otherwise}.",))
    return int(text)


def _level(known: Mapping[str, str]) -> str:
    level = known.get("PASSKEY_LEVEL", LEVELS[-1])
    if level not in LEVELS:
        raise SettingsRefused((f"TETSUZUKI_PASSKEY_LEVEL: {level} is no level; use one of {', '.join(LEVELS)}.",))
    return level


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def refusals(settings: Settings) -> list[str]:
    """What forbids these settings, one line each: which variable, and what to set."""
    problems = []
    address = urlsplit(settings.public_url)
    if address.scheme not in {"http", "https"} or not address.netloc or address.path.strip("/"):
        problems.append("TETSUZUKI_PUBLIC_URL: set the address people type, such as https://tetsuzuki.example.jp.")
    if settings.clamav and not CLAMD.fullmatch(settings.clamav):
        problems.append("TETSUZUKI_CLAMAV: set where clamd listens, as host:port or as the path of its Unix socket.")
    if settings.metrics_token and len(settings.metrics_token) < SHORTEST_SECRET:
        problems.append(
            f"TETSUZUKI_METRICS_TOKEN: set at least {SHORTEST_SECRET} random characters (openssl rand -hex 32)."
        )
    if settings.production:
        problems += [line for broken, line in _production_rules(settings) if broken]
    return problems


def _production_rules(settings: Settings) -> list[tuple[bool, str]]:
    secret = settings.secret_key
    return [
        (not settings.https, "TETSUZUKI_PUBLIC_URL: production needs an https:// address."),
        (
            secret == LOCAL_SECRET or len(secret) < SHORTEST_SECRET,
            f"TETSUZUKI_SECRET_KEY: set a random key of at least {SHORTEST_SECRET} characters (openssl rand -hex 32).",
        ),
        (settings.uses_sandbox, "TETSUZUKI_STRIPE_API_BASE: production needs https://api.stripe.com, not the sandbox."),
        (
            not settings.stripe_secret_key.startswith(("sk_live_", "rk_live_")),
            "TETSUZUKI_STRIPE_SECRET_KEY: set the live key of the Stripe account (sk_live_… or rk_live_…).",
        ),
        (
            LOCAL_WEBHOOK_SECRET in settings.stripe_webhook_secret,
            "TETSUZUKI_STRIPE_WEBHOOK_SECRET: set the signing secret of the webhook endpoint (whsec_…).",
        ),
        (
            any(issuer.local or not issuer.issuer.startswith("https://") for issuer in settings.issuers),
            "TETSUZUKI_ISSUERS_FILE: name a file of OpenID Connect issuers, all https://; see docs/production.md.",
        ),
        *settings.gateways.problems(),
        (not settings.key_ring, "TETSUZUKI_KEY_RING: name the file of the master keys, kept apart from the data."),
        (not settings.smtp_url, "TETSUZUKI_SMTP_URL: set where mail is sent, such as smtps://user:password@host:465."),
    ]
