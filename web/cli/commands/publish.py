"""`tetsuzuki publish`: put specs in force; a published version never changes."""

import argparse

from engine.problems import has_errors, render_text
from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.errors import VersionTaken
from web.cli import FINE, PROBLEMS
from web.cli.installation import complain, installation_database, installation_settings
from web.cli.specs import Compiled, add_paths, compile_all, problems_of
from web.cli.speech import add_language, tell
from web.services import utc_now


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[PATH…] [--language ja|en]`."""
    add_paths(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """All or nothing: with a problem anywhere, nothing is published."""
    compiled = compile_all(options.paths)
    problems = problems_of(compiled)
    if has_errors(problems):
        print(render_text(problems, options.language))
        complain(tell("nothing_published", options.language))
        return PROBLEMS
    database = installation_database(installation_settings())
    try:
        lines = publish_all(database, compiled, options.language)
    except VersionTaken as error:
        complain(tell("version_taken", options.language, why=error))
        return PROBLEMS
    print("\n".join(lines))
    return FINE


def publish_all(database: Database, compiled: list[Compiled], language: str) -> list[str]:
    """Publish in one transaction; one line for each. Raises `VersionTaken`, and then nothing was published."""
    with database.write() as session:
        published = [
            library.publish(session, SYSTEM, utc_now(), one.source, str(one.path), one.concepts) for one in compiled
        ]
    return [
        tell(
            "published" if one.new else "published_before",
            language,
            id=one.procedure.id,
            version=one.procedure.version,
        )
        for one in published
    ]
