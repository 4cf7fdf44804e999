"""`tetsuzuki inventory`: the inventory of personal data, from the procedures and the database's declared columns."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

import payments.models  # noqa: F401 - its tables are in it
from engine.words import say
from procedures.keeping.inventory import Entry, of_columns, of_procedure
from web.cli import FINE, PROBLEMS
from web.cli.files import FOLDER
from web.cli.specs import CompiledFile, compile_all
from web.cli.speech import add_language, complain, tell
from web.spreadsheets import sheet


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[PATH…] [--format csv|markdown] [--language ja|en]`."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--format", choices=("csv", "markdown"), default="csv")
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """On standard output. Exit code 1 where a spec has mistakes: it is not in the list."""
    compiled = compile_all(options.paths or [FOLDER])
    for one in compiled:
        if one.procedure is None:
            complain(tell("has_problems", options.language, path=one.path))
    entries = [*_entries(compiled, options.language), *of_columns(options.language)]
    head = [say(f"inventory.{field.name}", options.language) for field in fields(Entry)]
    rows = [list(astuple(one.in_words(options.language))) for one in entries]
    if options.format == "csv":
        sys.stdout.buffer.write(sheet(head, rows))
    else:
        print("\n".join(_lines(head, rows)))
    return FINE if all(one.procedure for one in compiled) else PROBLEMS


def _entries(compiled: list[CompiledFile], language: str) -> Iterator[Entry]:
    for one in compiled:
        if one.procedure is not None:
            yield from of_procedure(one.procedure, language)


def _lines(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '／') for cell in row)} |"
