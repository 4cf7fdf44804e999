"""`tetsuzuki explain`: the path, the fee and the office that given answers lead to, and why."""

import argparse
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from engine.fees import NoRate, UnknownFee, quote
from engine.journey import Journey, walk
from engine.model import Procedure
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
    language = options.language
    journey = walk(procedure, answers, day)
    print(f"{procedure.title.say(language)} ({procedure.id} {procedure.version}), {day}")
    for line in (*_path(procedure, journey, language), *_fee(procedure, journey, day, language)):
        print(line)
    if procedure.review:
        print(tell("office", language, office=procedure.review.office, days=procedure.review.standard_days))
    failures = check_submission(procedure, answers, day)
    for failure in failures:
        print(f"! {'.'.join(map(str, failure.path))}: {failure.say(language)}")
    return PROBLEMS if failures else FINE


def _answers(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise WrongUse(tell("answers_unreadable", language_of_terminal(), path=path, why=error)) from error
    if not isinstance(found, dict):
        raise WrongUse(tell("answers_unreadable", language_of_terminal(), path=path, why=type(found).__name__))
    return found


def _path(procedure: Procedure, journey: Journey, language: str) -> Iterator[str]:
    yield tell("path", language)
    on_it = {step.id for step in journey.steps}
    for step in procedure.steps:
        mark = "✓" if step.id in on_it else "–"
        why = f"  [{step.when.source}] {step.when.explain(language)}" if step.when else ""
        yield f"  {mark} {step.id}: {step.title.say(language)}{why}"


def _fee(procedure: Procedure, journey: Journey, day: date, language: str) -> Iterator[str]:
    try:
        found = quote(procedure, journey, day)
    except (NoRate, UnknownFee) as error:
        yield tell("no_fee_known", language, why=error)
        return
    if found is None:
        yield tell("no_fee", language)
        return
    for line in found.lines:
        yield f"  {line.title.say(language)}: {line.count} × {line.unit_yen:,} = {line.yen:,}  {line.law}"
    yield tell("fee", language, total=f"{found.total:,}")
