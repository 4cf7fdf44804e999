"""A folder of sources, checked as a whole: concepts, procedures, their scenarios, what they share."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from engine import checks
from engine.compiling import Compiled, Concepts, compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import is_tariff
from engine.model import Procedure
from engine.outcomes import Outcome, all_problems
from engine.papers.templates import as_text, is_template
from engine.problems import Code, Problem, Spot, declared
from engine.scenarios import ScenarioReport, run

CONCEPTS_FILE = "concepts.yaml"


@dataclass(frozen=True, slots=True)
class TreeReport:
    """The procedures that compiled and how their scenarios went, by file; and every problem, in reading order."""

    procedures: Mapping[str, Procedure]
    scenarios: Mapping[str, ScenarioReport]
    problems: tuple[Problem, ...]


def check_tree(files: Mapping[str, str | bytes]) -> TreeReport:
    """Check sources by file name, with `/` between folders.

    The file `concepts.yaml` holds the concepts of all, the files in a folder `tariffs` the amounts that they share,
    those in a folder `templates` the templates of papers; where there is none, what names one is not judged.
    """
    concepts, problems = _concepts(files)
    shared = {file: source for file, source in files.items() if is_tariff(file)}
    tariffs, of_tariffs = load_tariffs(shared)
    papers = {file: source for file, source in files.items() if is_template(file)}
    templates = {PurePosixPath(file).stem: as_text(source) for file, source in papers.items()} if papers else None
    compiled = {
        file: compile_procedure(source, file, concepts, tariffs, templates=templates)
        for file, source in files.items()
        if PurePosixPath(file).name != CONCEPTS_FILE and file not in shared and file not in papers
    }
    report = check_compiled(compiled)
    return replace(report, problems=tuple(sorted([*problems, *of_tariffs, *report.problems])))


def check_compiled(compiled: Mapping[str, Compiled]) -> TreeReport:
    """What only running the scenarios and looking at all files together shows, beside what compiling found."""
    ordered = dict(sorted(compiled.items()))
    procedures = {file: one.procedure for file, one in ordered.items() if one.procedure is not None}
    scenarios = {file: run(procedure, file, ordered[file].root) for file, procedure in procedures.items()}
    outcomes = {file: outcome(one, scenarios.get(file)) for file, one in ordered.items()}
    return TreeReport(procedures, scenarios, all_problems(outcomes))


def outcome(compiled: Compiled, scenarios: ScenarioReport | None) -> Outcome:
    """What is kept of a compiled file and of how its scenarios went."""
    procedure, node = compiled.procedure, compiled.root and compiled.root.get("id")
    return Outcome(
        None if procedure is None else (procedure.id, procedure.version.isoformat()),
        Spot(1, 1) if node is None else Spot(node.line, node.col),
        "" if procedure is None else procedure.digest,
        (*compiled.problems, *(scenarios.problems if scenarios else ())),
    )


def all_codes() -> Mapping[str, Code]:
    """Every kind of problem that the engine can report, by id: what the documents list."""
    checks.registered()
    return declared()


def _concepts(files: Mapping[str, str | bytes]) -> tuple[Concepts, list[Problem]]:
    for file, source in files.items():
        if PurePosixPath(file).name == CONCEPTS_FILE:
            concepts, problems = load_concepts(source, file)
            return concepts, list(problems)
    return Concepts.empty(), []
