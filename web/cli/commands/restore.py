"""`tetsuzuki restore`: bring a backup back into an installation that is empty, and look whether all is well."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from web.backups.folders import BackupRefused, Folder
from web.cli import WrongUse
from web.cli.installation import installation_database, installation_settings
from web.cli.progress import Progress
from web.cli.speech import add_language, language_of_terminal, tell

if TYPE_CHECKING:
    from procedures.database import Database

AT_ONCE = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    """`FOLDER [--generation NAME] [--over] [--language ja|en]`."""
    usual = language_of_terminal()
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=tell("restore_folder_option", usual))
    parser.add_argument("--generation", metavar="NAME", help=tell("backup_generation_option", usual))
    parser.add_argument("--over", action="store_true", help=tell("restore_over_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """The newest generation, or the one named; ends as `tetsuzuki doctor` does."""
    from web.backups.restoring import restore
    from web.cli.commands import doctor

    folder, settings = Folder(options.folder), installation_settings()
    try:
        with folder.alone():
            generation = folder.generation(options.generation)
            with Progress() as told:
                count = restore(
                    folder, generation, settings, lambda: installation_database(settings), told, over=options.over
                )
    except BackupRefused as refusal:
        raise WrongUse(tell(refusal.key, options.language, **refusal.facts)) from refusal
    print(tell("restore_done", options.language, folder=generation, keys=f"{count:,}"))
    if count and (erased := _erase_again(installation_database(settings))):
        print(tell("restore_erased", options.language, count=erased))
    return doctor.run(options)


def _erase_again(database: "Database") -> int:
    """What was erased since the backup was made came back without its key: its rows and files go, too."""
    from procedures.keeping.restored import finish_erasures
    from web.cli.commands.serve import require_current_database
    from web.services import utc_now

    require_current_database()
    total, done = 0, AT_ONCE
    while done == AT_ONCE:
        with database.write() as session:
            done = finish_erasures(session, utc_now(), AT_ONCE)
        total += done
    database.close()
    return total
