"""`tetsuzuki reconcile --day`: match a day's money between charges, ledger, provider and bank."""

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import east_asian_width

from payments.providers import ProviderUnavailable
from payments.reconciliation import Mismatch, compare, import_transactions
from web.cli import FINE, PROBLEMS
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_settings
from web.cli.speech import add_language, complain, language_of_terminal, tell
from web.context import TOKYO
from web.services import Overrides, utc_now
from web.wiring import services_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """`--day DATE [--language ja|en]`."""
    told = tell("day_option", language_of_terminal())
    parser.add_argument("--day", type=date.fromisoformat, required=True, metavar="DATE", help=told)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Fetch the provider's movements since that day, then compare; a table of what does not match, and the total."""
    require_current_database()
    services = services_of(installation_settings(), None, Overrides())
    since = datetime.combine(options.day, time(), TOKYO).astimezone(UTC) - timedelta(hours=1)
    try:
        import_transactions(services.database, services.provider, utc_now(), since)
    except ProviderUnavailable:
        complain(tell("provider_silent", options.language))
        return PROBLEMS
    with services.database.read() as session:
        found = compare(session, options.day)
    _print_table(found.mismatches, options.language)
    for known, until in (("provider", found.imported_until), ("bank", found.bank_until)):
        until_words = tell("known_until", options.language, until=f"{until:%Y-%m-%d}") if until else None
        print(f"{tell(f'side_{known}', options.language)}: {until_words or tell('known_never', options.language)}")
    count, total, wrong = found.matched, f"{found.matched_yen:,}", len(found.mismatches)
    print(tell("reconciled", options.language, day=options.day, count=count, yen=total, mismatches=wrong))
    return PROBLEMS if found.mismatches else FINE


def _print_table(mismatches: Sequence[Mismatch], language: str) -> None:
    """Kind, both amounts and what it is about, in columns; below each line what is wrong and what to do."""
    if not mismatches:
        return
    head = [tell(f"column_{column}", language) for column in ("kind", "expected", "found", "object")]
    rows = [(one.kind, one.expected, one.found, one.provider_object) for one in mismatches]
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    for row, words in [(head, None), *zip(rows, (one.say(language) for one in mismatches), strict=True)]:
        cells = [
            padded(cell, size, right=place in AMOUNTS)
            for place, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
        if words:
            print(f"    {words}")


AMOUNTS = (1, 2)
"""The columns of figures stand on the right."""


def width(text: str) -> int:
    """The columns that a text takes in a terminal: full-width letters take two."""
    return sum(2 if east_asian_width(letter) in "FW" else 1 for letter in text)


def padded(text: str, size: int, *, right: bool) -> str:
    """The text with spaces up to `size` columns."""
    spaces = " " * (size - width(text))
    return spaces + text if right else text + spaces
