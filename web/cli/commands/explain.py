"""`tetsuzuki explain`: the path, the fee and the office that given answers lead to, and why."""

import argparse
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.explain import explain
from engine.problems import Report, render_text
from engine.source import read
from engine.validation import check_submission
from web.cli import FINE, PROBLEMS, WrongUse
from web.cli.specs import one_procedure
from web.cli.speech import add_language, language_of_terminal, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`ID|FILE --answers FILE [--on DATE] [--language ja|en]`."""
    usual = language_of_terminal()
    parser.add_argument("procedure", metavar="ID", help=tell("procedure_option", usual))
    parser.add_argument("--answers", type=Path, required=True, metavar="FILE", help=tell("answers_option", usual))
    parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help=tell("on_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Exit code 1 where the answers could not be submitted."""
    procedure = one_procedure(options.procedure)
    answers = _answers(options.answers)
    day = options.on or datetime.now(ZoneInfo("Asia/Tokyo")).date()
    print(explain(procedure, answers, day, options.language))
    return PROBLEMS if check_submission(procedure, answers, day) else FINE


def _answers(path: Path) -> dict[str, Any]:
    """JSON, or YAML read as strictly as a spec: `no` is a text, `false` is not."""
    usual = language_of_terminal()
    report = Report(str(path))
    try:
        octets = path.read_bytes()
        found = json.loads(octets) if path.suffix == ".json" else None
    except (OSError, ValueError) as error:
        raise WrongUse(tell("answers_unreadable", usual, path=path, why=error)) from error
    if path.suffix != ".json" and (root := read(octets, report)) is not None:
        found = root.plain()
    if not isinstance(found, dict):
        why = render_text(report.problems, usual) or type(found).__name__
        raise WrongUse(tell("answers_unreadable", usual, path=path, why=why))
    return found
