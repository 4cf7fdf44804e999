"""`tetsuzuki encrypt`: seal what was written before cases had keys, while everything goes on."""

import argparse
import sys

import payments.models  # noqa: F401 - its tables are among those that are sealed
from procedures.keyring import encrypting, encrypting_files
from procedures.keyring.columns import sealed_tables
from procedures.searching.filling import fill
from web.cli import FINE, PROBLEMS
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_settings
from web.cli.speech import add_language, complain, tell
from web.services import Overrides, Services, utc_now
from web.wiring import services_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--language ja|en]`."""
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Table by table in small transactions. It may be stopped and begun again; exit code 1 where something is left."""
    require_current_database()
    services = services_of(installation_settings(), None, Overrides())
    with services.database.write() as session:
        encrypting.begin(session)
    for table in sealed_tables():
        rows = encrypting.seal_table(services.database, table)
        print(tell("encrypt_table", options.language, table=table.name, count=rows), file=sys.stderr, flush=True)
    files = sum(
        encrypting_files.seal_files(services.database, services.blobs, table, utc_now())
        for table in encrypting_files.tables()
    )
    cases = _search_terms(services)
    with services.database.write() as session:
        whole = encrypting.finish(session)
    if not whole:
        complain(tell("encrypt_left", options.language))
        return PROBLEMS
    print(tell("encrypt_done", options.language, files=files, cases=cases))
    return FINE


def _search_terms(services: Services) -> int:
    last: str | None = ""
    cases = 0
    while last is not None:
        with services.database.write() as session:
            done = fill(session, last)
        last, cases = done.last, cases + done.cases
    return cases
