"""What the local run needs before it starts: folders, keys, the database, published specs, demo staff."""

import migrations
from engine.problems import render_text
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.errors import VersionTaken
from procedures.people.offices import put
from procedures.seal import create_seal_key
from web.cli.commands.publish import publish_one
from web.cli.installation import installation_database
from web.cli.specs import CompiledFile, compile_all
from web.cli.speech import tell
from web.demo.offices import OFFICES
from web.identity.client_keys import ensure_key
from web.identity.openid.results import Identity
from web.identity.people import grant, remember
from web.issuer.people import PEOPLE
from web.services import utc_now
from web.settings import Settings


def prepare(settings: Settings, language: str) -> list[str]:
    """Bring everything up to date; does nothing twice. Returns what was published, a line each."""
    ensure_key(settings.data_dir)
    create_seal_key(settings.seal_dir, settings.authority.name.ja, utc_now())
    database = installation_database(settings)
    if migrations.current(database) != migrations.head():
        migrations.upgrade(database)
    lines = [_publish(database, one, language) for one in compile_all([settings.specs_dir])]
    with database.write() as session:
        for office in OFFICES:
            put(session, SYSTEM, utc_now(), office)
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
