"""`tetsuzuki migrate`: bring the database to the shape this release needs."""

import argparse

import migrations
from web.cli import FINE, WrongUse
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import add_language, language_of_terminal, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--plan] [--language ja|en]`."""
    parser.add_argument("--plan", action="store_true", help=tell("migrate_plan_option", language_of_terminal()))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """From whatever revision to the newest, in one transaction; says first what that will be."""
    database = installation_database(installation_settings())
    before, needed = migrations.current(database), migrations.head()
    if before is not None and before > needed:
        return _newer(before, needed, fits=migrations.fits(database, needed), language=options.language)
    waiting = migrations.pending(database)
    for revision, what in waiting:
        print(f"{revision}  {what}")
    if options.plan:
        print(tell("migrate_plan", options.language, count=len(waiting)))
        return FINE
    migrations.upgrade(database)
    print(tell("migrated", options.language, before=before or "–", after=needed))
    return FINE


def _newer(current: str, needed: str, *, fits: bool, language: str) -> int:
    """The database is ahead of this release: fine while an upgrade is under way, as long as it still fits."""
    if not fits:
        raise WrongUse(tell("migrate_too_new", language, current=current, needed=needed))
    print(tell("migrate_newer", language, current=current, needed=needed))
    return FINE
