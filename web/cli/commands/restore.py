"""`tetsuzuki restore`: bring a backup back into an installation that is empty, and look whether all is well."""

import argparse
from pathlib import Path

from web.backups.folders import BackupRefused, Folder
from web.cli import WrongUse
from web.cli.installation import installation_database, installation_settings
from web.cli.progress import Progress
from web.cli.speech import add_language, language_of_terminal, tell


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
                keys, erased = restore(
                    folder, generation, settings, lambda: installation_database(settings), told, over=options.over
                )
    except BackupRefused as refusal:
        raise WrongUse(tell(refusal.key, options.language, **refusal.facts)) from refusal
    print(tell("restore_done", options.language, folder=generation, keys=f"{keys:,}"))
    if erased:
        print(tell("restore_erased", options.language, count=erased))
    return doctor.run(options)
