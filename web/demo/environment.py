"""How the local run is set up: its ports, its settings, what to open."""

from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from web.settings import Settings

SECRET = "cookies.secret"  # noqa: S105 - the name of a file


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the parts of the local run listen, on 127.0.0.1."""

    web: int
    issuer: int
    stripe: int


def environment(data_dir: Path, ports: Ports) -> dict[str, str]:
    """The settings of the local run as environment variables, for this process and its children."""
    return {
        "TETSUZUKI_DATA_DIR": str(data_dir),
        "TETSUZUKI_PUBLIC_URL": f"http://127.0.0.1:{ports.web}",
        "TETSUZUKI_ALLOWED_HOSTS": f"localhost:{ports.web}",
        "TETSUZUKI_LOCAL_ISSUER": f"http://127.0.0.1:{ports.issuer}",
        "TETSUZUKI_STRIPE_API_BASE": f"http://127.0.0.1:{ports.stripe}",
        "TETSUZUKI_SECRET_KEY": _secret(data_dir),
    }


def _secret(data_dir: Path) -> str:
    """What signs cookies: kept, so that people stay signed in over a restart."""
    folder = data_dir / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / SECRET
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def addresses(settings: Settings) -> dict[str, str]:
    """What to open, by the catalogue's key."""
    site = settings.public_url
    return {
        "demo_residents": f"{site}/",
        "demo_desk": f"{site}/desk",
        "demo_finance": f"{site}/finance",
        "demo_operator": f"{site}/operator",
        "demo_provider": f"{settings.stripe_api_base}/_sandbox/",
        "demo_mail": str(settings.mail_dir),
        "demo_logs": str(settings.data_dir / "logs"),
    }
