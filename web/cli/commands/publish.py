"""`tetsuzuki publish`: put specs in force; a published version never changes."""

import argparse

from sqlalchemy.orm import Session

from engine.problems import has_errors, render_text
from procedures import library
from procedures.actors import SYSTEM
from procedures.errors import VersionTaken
from web.cli import FINE, PROBLEMS
from web.cli.files import add_paths
from web.cli.installation import installation_database, installation_settings
from web.cli.specs import CompiledFile, compile_all, problems_of
from web.cli.speech import add_language, complain, tell
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
        with database.write() as session:
            lines = [publish_one(session, one, options.language) for one in compiled]
    except VersionTaken as error:
        complain(tell("version_taken", options.language, why=error))
        return PROBLEMS
    print("\n".join(lines))
    return FINE


def publish_one(session: Session, compiled: CompiledFile, language: str) -> str:
    """Publish one spec and say so. Raises `VersionTaken`."""
    source, concepts = compiled.source.decode(), compiled.concepts_source.decode()
    tariffs = {file: text.decode() for file, text in compiled.tariffs.items()}
    found = library.publish(session, SYSTEM, utc_now(), source, str(compiled.path), concepts, tariffs)
    key = "published" if found.new else "published_before"
    return tell(key, language, id=found.procedure.id, version=found.procedure.version)
