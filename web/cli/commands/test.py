"""`tetsuzuki test`: run the scenarios of specs and say what none of them visits."""

import argparse
import sys

from engine.problems import Problem, has_errors, render_text
from engine.scenarios import run as run_scenarios
from web.cli import FINE, PROBLEMS
from web.cli.specs import Compiled, add_paths, compile_all
from web.cli.speech import add_language, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[PATH…] [--language ja|en]`."""
    add_paths(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """One block a file: its scenarios, its coverage, its problems."""
    problems: list[Problem] = []
    for compiled in compile_all(options.paths):
        found = _run_one(compiled, options.language)
        if found:
            print(render_text(found, options.language))
        problems += found
    print(tell("tested", options.language, problems=len(problems)), file=sys.stderr)
    return PROBLEMS if has_errors(problems) else FINE


def _run_one(compiled: Compiled, language: str) -> list[Problem]:
    if compiled.procedure is None:
        return list(compiled.problems)
    report = run_scenarios(compiled.procedure)
    print(f"{compiled.path}: {tell('scenarios', language, count=len(compiled.procedure.scenarios))}")
    return [*compiled.problems, *report.problems]
