"""`tetsuzuki office`: the offices, and writing one down: its names, and where mail about what runs late goes."""

import argparse

from procedures.actors import SYSTEM
from procedures.people import offices
from procedures.people.offices import Known, OfficeRefused
from web.cli import FINE, WRONG_USE, WrongUse
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import add_language, complain, language_of_terminal, tell
from web.services import utc_now


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[ID --ja NAME --en NAME [--kana KANA] [--email ADDRESS]] [--language ja|en]`."""
    usual = language_of_terminal()
    parser.add_argument("office", nargs="?", metavar="ID", help=tell("office_id_option", usual))
    parser.add_argument("--ja", metavar="NAME", help=tell("office_ja_option", usual))
    parser.add_argument("--en", metavar="NAME", help=tell("office_en_option", usual))
    parser.add_argument("--kana", metavar="KANA", help=tell("office_kana_option", usual))
    parser.add_argument("--email", metavar="ADDRESS", help=tell("office_email_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Without an id a line for each office; with one, that office is written down, or written anew."""
    if options.office and not (options.ja and options.en):
        raise WrongUse(tell("office_names_needed", options.language))
    require_current_database()
    database = installation_database(installation_settings())
    if not options.office:
        with database.read() as session:
            known = offices.all_known(session)
        for office in known:
            print("  ".join((office.id, office.name_ja, office.name_en, office.email or "–")))
        return FINE
    try:
        with database.write() as session:
            wished = Known(options.office, options.ja, options.en, options.kana, options.email)
            new = offices.put(session, SYSTEM, utc_now(), wished)
    except OfficeRefused as error:
        complain(tell(f"office_{error.key}_wrong", options.language))
        return WRONG_USE
    print(tell("office_added" if new else "office_changed", options.language, id=options.office))
    return FINE
