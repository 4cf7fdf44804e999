"""What the local run needs before it starts: folders, keys, the database, published specs, demo staff."""

from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import migrations
from engine.problems import render_text
from procedures.database import Database
from procedures.errors import VersionTaken
from procedures.seal import create_seal_key
from web.cli.commands.publish import publish_one
from web.cli.installation import installation_database
from web.cli.specs import CompiledFile, compile_all
from web.cli.speech import tell
from web.identity.client_keys import ensure_key, key_folder
from web.identity.issuers import Identity
from web.identity.people import grant, remember
from web.issuer.people import PEOPLE
from web.services import utc_now
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
    folder = key_folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / SECRET
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def prepare(settings: Settings, language: str) -> list[str]:
    """Bring everything up to date; does nothing twice. Returns what was published, a line each."""
    ensure_key(settings.data_dir)
    create_seal_key(settings.seal_dir, settings.authority.name.ja, utc_now())
    database = installation_database(settings)
    migrations.upgrade(database)
    lines = [_publish(database, one, language) for one in compile_all([settings.specs_dir])]
    hire(database, settings)
    database.close()
    return lines


def _publish(database: Database, compiled: CompiledFile, language: str) -> str:
    """A spec with mistakes keeps nobody from trying the others: what is wrong is said, and the run goes on."""
    if compiled.procedure is None:
        return render_text(compiled.problems, language)
    try:
        with database.write() as session:
            return publish_one(session, compiled, language)
    except VersionTaken as error:
        return tell("version_taken", language, why=error)


def hire(database: Database, settings: Settings) -> None:
    """Give the demo staff of the local issuer their roles."""
    local = next(issuer for issuer in settings.issuers if issuer.local)
    with database.write() as session:
        for someone in PEOPLE.values():
            if not someone.roles:
                continue
            known = Identity(local.issuer, someone.subject, someone.name, someone.email, someone.assurance)
            person = remember(session, utc_now(), known, "ja")
            for role, office in someone.roles:
                grant(session, person, role, office)


def addresses(settings: Settings) -> dict[str, str]:
    """What to open, by the catalogue's key."""
    site = settings.public_url
    return {
        "demo_residents": f"{site}/",
        "demo_desk": f"{site}/desk",
        "demo_finance": f"{site}/finance",
        "demo_operator": f"{site}/operator",
        "demo_mail": str(settings.mail_dir),
        "demo_logs": str(settings.data_dir / "logs"),
    }
