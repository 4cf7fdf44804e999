"""`tetsuzuki import`: a JSON Schema, or a data model in table form, becomes a spec to go on writing from."""

import argparse
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.importing import Refused, Wishes, import_schema
from web.cli import FINE, PROBLEMS, WrongUse
from web.cli.speech import add_language, complain, language_of_terminal, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`FILE [--with [URL=]FILE]… [--start POINTER] [--output FILE]`, and what no schema says."""
    usual = language_of_terminal()
    parser.add_argument("file", type=Path, metavar="FILE", help=tell("import_file", usual))
    told = tell("import_with", usual)
    parser.add_argument("--with", dest="beside", action="append", default=[], metavar="[URL=]FILE", help=told)
    parser.add_argument("--start", default="", metavar="POINTER", help=tell("import_start", usual))
    parser.add_argument("--output", type=Path, metavar="FILE", help=tell("import_output", usual))
    parser.add_argument("--id", metavar="ID", help=tell("import_id", usual))
    parser.add_argument("--bureau", metavar="ID", help=tell("import_bureau", usual))
    parser.add_argument("--law", metavar="LAW", help=tell("import_law", usual))
    parser.add_argument("--retention-years", type=int, metavar="N", help=tell("import_retention", usual))
    parser.add_argument("--version", type=date.fromisoformat, metavar="DATE", help=tell("import_version", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """The spec on standard output or in a file, what could not be carried over on standard error."""
    wishes = Wishes(
        version=options.version or datetime.now(ZoneInfo("Asia/Tokyo")).date(),
        start=options.start.removeprefix("#"),
        id=options.id,
        bureau=options.bureau,
        law=options.law,
        retention_years=options.retention_years,
        language=options.language,
    )
    beside = dict(map(_beside, options.beside))
    try:
        found = import_schema(_read(options.file), options.file.name, wishes, beside)
    except Refused as refused:
        complain(refused.note.say(str(options.file), options.language))
        return PROBLEMS
    if options.output is None:
        print(found.yaml, end="")
    else:
        _write(options.output, found.yaml)
    for note in found.notes:
        complain(note.say(options.file.name, options.language))
    complain(tell("imported", options.language, count=len(found.notes)))
    return FINE


def _beside(words: str) -> tuple[str, bytes]:
    """A document by the address that references have for it, or by its name."""
    address, _, file = words.rpartition("=") if "://" in words else ("", "", words)
    return address or Path(file).name, _read(Path(file))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUse(tell("import_unreadable", language_of_terminal(), path=path, why=error.strerror)) from error


def _write(path: Path, text: str) -> None:
    if path.exists():
        raise WrongUse(tell("import_exists", language_of_terminal(), path=path))
    path.write_text(text, encoding="utf-8")
