"""`tetsuzuki close --day`: close a day, so that nothing more is posted on it."""

import argparse
from datetime import date

from payments.closing.ordering import close
from payments.closing.sealing import LONGEST_REASON, AlreadyClosed, NotClosable, NotOver, Unresolved
from procedures.actors import SYSTEM
from web.cli import FINE, PROBLEMS, WRONG_USE
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import add_language, complain, language_of_terminal, tell
from web.services import utc_now


def arguments(parser: argparse.ArgumentParser) -> None:
    """`--day DATE [--with-days-before] [--reason TEXT] [--language ja|en]`."""
    usual = language_of_terminal()
    parser.add_argument("--day", type=date.fromisoformat, required=True, metavar="DATE", help=tell("day_option", usual))
    parser.add_argument("--with-days-before", action="store_true", help=tell("close_before_option", usual))
    parser.add_argument("--reason", metavar="TEXT", help=tell("close_reason_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """One line a day that was closed; exit code 1 says why a day could not be."""
    require_current_database()
    reason = (options.reason or "").strip()
    if len(reason) > LONGEST_REASON:
        complain(tell("close_reason_long", options.language, count=LONGEST_REASON))
        return WRONG_USE
    database = installation_database(installation_settings())
    try:
        closed = close(database, SYSTEM, utc_now(), options.day, reason, in_order=options.with_days_before)
    except NotClosable as why:
        complain(_why_not(why, options.language))
        return PROBLEMS
    for day in closed:
        print(tell("close_closed", options.language, day=day))
    return FINE


def _why_not(why: NotClosable, language: str) -> str:
    if isinstance(why, Unresolved):
        return tell("close_unresolved", language, count=len(why.open_ones))
    if isinstance(why, AlreadyClosed):
        return tell("close_already", language, day=why.day)
    return tell("close_not_over" if isinstance(why, NotOver) else "close_before", language, day=why.day)
