"""Compiling specs on disk, for the commands that work on files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.compiling import Compiled, Concepts, Tariffs, compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import is_tariff
from engine.model import Procedure
from engine.outcomes import Outcome
from engine.problems import Problem
from engine.scenarios import run
from engine.source import MappingNode
from engine.tree import check_compiled, outcome
from web.cli import WrongUse
from web.cli.files import CONCEPTS, FOLDER, concepts_for, short, some_spec_files, spec_files, tariffs_for, templates_for
from web.cli.speech import language_of_terminal, tell


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """One spec, compiled. `procedure` is None where errors forbid it; the sources are as they lie on disk.

    `tariffs` are the sources of the tariffs at hand, by name.
    """

    path: Path
    source: bytes
    concepts_source: bytes
    tariffs: Mapping[str, bytes]
    procedure: Procedure | None
    problems: tuple[Problem, ...]
    root: MappingNode | None

    @property
    def compiled(self) -> Compiled:
        """As the engine has it."""
        return Compiled(self.procedure, self.problems, self.root)


@lru_cache(maxsize=4)
def _load_concepts(source: bytes, name: str) -> tuple[Concepts, tuple[Problem, ...]]:
    return load_concepts(source, name)


@lru_cache(maxsize=4)
def _load_tariffs(files: tuple[tuple[str, bytes], ...]) -> tuple[Tariffs, tuple[Problem, ...]]:
    return load_tariffs(dict(files))


def compile_file(path: Path) -> CompiledFile:
    """Compile one spec with its concepts and tariffs; the problems of these are told with it."""
    place = concepts_for(path)
    concepts_source = place.read_bytes() if place else b""
    concepts, concept_problems = _load_concepts(concepts_source, str(short(place)) if place else CONCEPTS)
    files = tariffs_for(path)
    tariffs, tariff_problems = _load_tariffs(tuple(files.items()))
    shared = (*concept_problems, *tariff_problems)
    source = path.read_bytes()
    if is_tariff(path.resolve().as_posix()):
        return CompiledFile(path, source, concepts_source, files, None, shared, None)
    found = compile_procedure(source, str(path), concepts, tariffs, templates=templates_for(path))
    return CompiledFile(path, source, concepts_source, files, found.procedure, (*shared, *found.problems), found.root)


def compile_all(paths: Sequence[Path]) -> list[CompiledFile]:
    """Every spec below `paths`. Raises `WrongUse` where there is none."""
    return [compile_file(path) for path in some_spec_files(paths)]


def problems_of(compiled: Sequence[CompiledFile]) -> tuple[Problem, ...]:
    """All problems, each once, in reading order: of each spec, of its scenarios, and of the specs together."""
    return check_compiled({str(one.path): one.compiled for one in compiled}).problems


def outcome_of(path: Path) -> Outcome:
    """What there is to tell of one spec, compiled and with its scenarios run."""
    found = compile_file(path)
    scenarios = None if found.procedure is None else run(found.procedure, str(path), found.root)
    return outcome(found.compiled, scenarios)


def one_procedure(wanted: str) -> Procedure:
    """The procedure of a file, or the one with this id below the folder of specs. Raises `WrongUse`."""
    language = language_of_terminal()
    path = Path(wanted)
    files = [path] if path.is_file() else [file for file in spec_files([FOLDER]) if file.stem == wanted]
    if not files:
        raise WrongUse(tell("no_such_procedure", language, wanted=wanted, folder=FOLDER))
    compiled = compile_file(files[0])
    if compiled.procedure is None:
        raise WrongUse(tell("has_problems", language, path=files[0]))
    return compiled.procedure
