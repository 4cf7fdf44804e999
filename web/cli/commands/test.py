"""`tetsuzuki test`: run the scenarios of specs and say what none of them visits."""

import argparse

from engine.problems import Problem, has_errors, render_text
from engine.scenarios import ScenarioReport
from engine.scenarios import run as run_scenarios
from web.cli import FINE, PROBLEMS
from web.cli.files import add_paths
from web.cli.specs import CompiledFile, compile_all
from web.cli.speech import add_language, complain, say_count, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[PATH…] [--language ja|en]`."""
    add_paths(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """One block a file: its scenarios, what they visit, its problems."""
    compiled = compile_all(options.paths)
    problems: list[Problem] = []
    for one in compiled:
        found = _test(one, options.language)
        if found:
            print(render_text(found, options.language))
        problems += found
    complain(say_count(problems, "tested", options.language, files=len(compiled)))
    return PROBLEMS if has_errors(problems) else FINE


def _test(compiled: CompiledFile, language: str) -> list[Problem]:
    print(compiled.path)
    if compiled.procedure is None:
        return list(compiled.problems)
    report = run_scenarios(compiled.procedure, str(compiled.path), compiled.root)
    _show(report, language)
    return [*compiled.problems, *report.problems]


def _show(report: ScenarioReport, language: str) -> None:
    for result in report.results:
        print(f"  {'✓' if result.passed else '✗'} {result.name}")
    counts = {
        name: tell("visited", language, visited=visited, total=total)
        for name, (visited, total) in report.coverage.counts().items()
    }
    print(f"  {tell('coverage', language, **counts)}")
