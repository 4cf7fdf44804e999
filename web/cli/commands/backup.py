"""`tetsuzuki backup`: everything of an installation as it was at one moment, while it goes on working."""

import argparse
from pathlib import Path

from web.backups.folders import BackupRefused, Folder
from web.cli import FINE, PROBLEMS, WrongUse
from web.cli.installation import installation_database, installation_settings
from web.cli.progress import Progress
from web.cli.speech import add_language, complain, language_of_terminal, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`FOLDER [--verify] [--generation NAME] [--keep N] [--language ja|en]`."""
    usual = language_of_terminal()
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=tell("backup_folder_option", usual))
    parser.add_argument("--verify", action="store_true", help=tell("backup_verify_option", usual))
    parser.add_argument("--generation", metavar="NAME", help=tell("backup_generation_option", usual))
    parser.add_argument("--keep", type=int, metavar="N", help=tell("backup_keep_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Make one and check it on the way, or with `--verify` only check the newest. Exit code 1: it is not whole."""
    if options.keep is not None and options.keep < 1:
        raise WrongUse(tell("backup_keep_wrong", options.language))
    folder = Folder(options.folder)
    try:
        with folder.alone():
            return _verify(folder, options) if options.verify else _take(folder, options)
    except BackupRefused as refusal:
        raise WrongUse(tell(refusal.key, options.language, **refusal.facts)) from refusal


def _take(folder: Folder, options: argparse.Namespace) -> int:
    from web.backups.taking import keep, take
    from web.cli.commands.serve import require_current_database
    from web.services import utc_now

    require_current_database()
    settings = installation_settings()
    database = installation_database(settings)
    with Progress() as told:
        taken = take(folder, settings, database, utc_now, told)
    database.close()
    made = taken.manifest
    size = f"{made.blob_bytes / 1e6:,.1f}"
    rows = f"{sum(made.tables.values()):,}"
    print(tell("backup_done", options.language, folder=taken.folder, rows=rows, files=f"{made.blobs:,}", size=size))
    if options.keep is not None and (gone := keep(folder, options.keep)):
        print(tell("backup_forgotten", options.language, count=gone))
    for key in taken.missing:
        print(tell("backup_missing", options.language, key=key))
    return PROBLEMS if taken.missing else FINE


def _verify(folder: Folder, options: argparse.Namespace) -> int:
    from web.backups.verifying import faults

    generation = folder.generation(options.generation)
    with Progress() as told:
        found = faults(folder, generation, told)
    for line in found:
        print(line)
    complain(tell("backup_verified", options.language, folder=generation, count=len(found)))
    return PROBLEMS if found else FINE
