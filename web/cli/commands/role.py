"""`tetsuzuki role`: who holds which role where; giving and taking one, the first manager of an office above all."""

import argparse

from procedures.actors import SYSTEM
from procedures.models import Person
from procedures.people import granting
from procedures.people.granting import CannotHold, LastManager, NoSuchOffice
from procedures.people.roles import ROLES
from web.cli import FINE, PROBLEMS, WRONG_USE, WrongUse
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import add_language, complain, language_of_terminal, tell
from web.services import utc_now


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[grant|take PERSON ROLE OFFICE] [--language ja|en]`."""
    usual = language_of_terminal()
    parser.add_argument("do", nargs="?", choices=("grant", "take"), help=tell("role_do_option", usual))
    parser.add_argument("person", nargs="?", metavar="PERSON", help=tell("role_person_option", usual))
    parser.add_argument("role", nargs="?", choices=ROLES, help=tell("role_role_option", usual))
    parser.add_argument("office", nargs="?", metavar="OFFICE", help=tell("role_office_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Without words a line for each role that somebody holds."""
    if options.do and not options.office:
        raise WrongUse(tell("role_words_needed", options.language))
    require_current_database()
    database = installation_database(installation_settings())
    if not options.do:
        with database.read() as session:
            for person, held in granting.everybody(session):
                print("  ".join((held.office, held.role, person.name, person.email or "–", person.subject)))
        return FINE
    with database.write() as session:
        people = granting.known_as(session, options.person)
        if len(people) != 1:
            key = "role_several" if people else "role_nobody"
            complain(tell(key, options.language, who=options.person, **({"count": len(people)} if people else {})))
            return PROBLEMS
        try:
            change = granting.give if options.do == "grant" else granting.take
            change(session, SYSTEM, utc_now(), people[0].id, options.role, options.office)
        except CannotHold:
            complain(tell("role_wrong", options.language))
            return WRONG_USE
        except LastManager:
            complain(tell("role_last", options.language, office=options.office))
            return PROBLEMS
        except NoSuchOffice:
            complain(tell("role_no_office", options.language, office=options.office))
            return WRONG_USE
        print(_done(options, people[0]))
    return FINE


def _done(options: argparse.Namespace, person: Person) -> str:
    key = "role_given" if options.do == "grant" else "role_taken"
    return tell(key, options.language, who=person.name, role=options.role, office=options.office)
