"""`tetsuzuki searchterms`: what cases are found by, written anew for all that was submitted."""

import argparse
import sys

from procedures.searching.filling import A_BATCH, fill
from web.cli import FINE
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import add_language, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--language ja|en]`."""
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Batch by batch, each in its own transaction: the desk goes on working, and it may be stopped and begun again."""
    require_current_database()
    database = installation_database(installation_settings())
    last: str | None = ""
    cases = 0
    while last is not None:
        with database.write() as session:
            done = fill(session, last)
        last, cases = done.last, cases + done.cases
        if done.cases == A_BATCH:
            print(tell("searchterms_so_far", options.language, count=cases), file=sys.stderr, flush=True)
    print(tell("searchterms_done", options.language, count=cases))
    return FINE
