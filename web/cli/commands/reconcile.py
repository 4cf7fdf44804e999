"""`tetsuzuki reconcile --day`: match a day's money between charges, ledger and provider."""

import argparse
from datetime import UTC, date, datetime, time, timedelta

from payments.providers import ProviderUnavailable
from payments.reconciliation import compare, import_transactions
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
    """Fetch the provider's movements since that day, then compare; one line for each mismatch."""
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
    for mismatch in found.mismatches:
        print(f"{mismatch.kind}: {mismatch.say(options.language)}")
    count, total, wrong = found.matched, f"{found.matched_yen:,}", len(found.mismatches)
    print(tell("reconciled", options.language, day=options.day, count=count, yen=total, mismatches=wrong))
    return PROBLEMS if found.mismatches else FINE
