"""`tetsuzuki migrate`: bring the database to the shape this release needs."""

import argparse

import migrations
from web.cli import FINE
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import add_language, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--language ja|en]`."""
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """From whatever revision to the newest, in one transaction."""
    database = installation_database(installation_settings())
    before = migrations.current(database)
    migrations.upgrade(database)
    print(tell("migrated", options.language, before=before or "–", after=migrations.head()))
    return FINE
