"""A folder of sources, checked as a whole: concepts, procedures, their scenarios, what they share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from engine import checks
from engine.compiling import Compiled, Concepts, compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import is_tariff
from engine.model import Procedure
from engine.problems import Code, Problem, Report, Spot, declared
from engine.scenarios import ScenarioReport, run

CONCEPTS_FILE = "concepts.yaml"

SAME_ID = Code("same-id", example="(two files with the same id and version)")
WRONG_FILE = Code("wrong-file-name", example="(suido/dog.yaml with id: dog-registration)", severity="warning")


@dataclass(frozen=True, slots=True)
class TreeReport:
    """The procedures that compiled and how their scenarios went, by file; and every problem, in reading order."""

    procedures: Mapping[str, Procedure]
    scenarios: Mapping[str, ScenarioReport]
    problems: tuple[Problem, ...]


def check_tree(files: Mapping[str, str | bytes]) -> TreeReport:
    """Check sources by file name, with `/` between folders.

    The file `concepts.yaml` holds the concepts of all, the files in a folder `tariffs` the amounts that they share.
    """
    concepts, problems = _concepts(files)
    shared = {file: source for file, source in files.items() if is_tariff(file)}
    tariffs, of_tariffs = load_tariffs(shared)
    compiled = {
        file: compile_procedure(source, file, concepts, tariffs)
        for file, source in files.items()
        if PurePosixPath(file).name != CONCEPTS_FILE and file not in shared
    }
    report = check_compiled(compiled)
    return replace(report, problems=tuple(sorted([*problems, *of_tariffs, *report.problems])))


def check_compiled(compiled: Mapping[str, Compiled]) -> TreeReport:
    """What only running the scenarios and looking at all files together shows, beside what compiling found."""
    ordered = dict(sorted(compiled.items()))
    procedures = {file: one.procedure for file, one in ordered.items() if one.procedure is not None}
    scenarios = {file: run(procedure, file, ordered[file].root) for file, procedure in procedures.items()}
    problems = {problem for one in ordered.values() for problem in one.problems}
    problems.update(problem for report in scenarios.values() for problem in report.problems)
    problems.update(_shared(procedures, ordered))
    return TreeReport(procedures, scenarios, tuple(sorted(problems)))


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


def _shared(procedures: Mapping[str, Procedure], compiled: Mapping[str, Compiled]) -> Iterator[Problem]:
    """What can be wrong only between files."""
    first: dict[tuple[str, str], str] = {}
    for file, procedure in procedures.items():
        report = Report(file)
        root = compiled[file].root
        place = (root and root.get("id")) or Spot(1, 1)
        identity = (procedure.id, procedure.version.isoformat())
        if identity in first:
            report.add(SAME_ID, place, "id", id=procedure.id, version=identity[1], other=first[identity])
        first.setdefault(identity, file)
        if not PurePosixPath(file).stem.startswith(procedure.id):
            report.add(WRONG_FILE, place, "id", id=procedure.id, file=PurePosixPath(file).name)
        yield from report.problems
