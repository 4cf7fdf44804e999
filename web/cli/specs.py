"""Finding specs on disk and compiling them, for the commands that work on files."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.compiling import Compiled, Tariffs, compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import FOLDER as TARIFFS
from engine.compiling.tariffs import is_tariff
from engine.model import Procedure
from engine.problems import Problem
from engine.source import MappingNode
from engine.tree import check_compiled
from web.cli import WrongUse
from web.cli.speech import language_of_terminal, tell

FOLDER = Path("procedure_specs")
CONCEPTS = "concepts.yaml"
NOT_PROCEDURES = frozenset({"schema", TARIFFS, "templates"})
ENDINGS = frozenset({".yaml", ".yml"})


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


def add_paths(parser: argparse.ArgumentParser) -> None:
    """`[PATH…]`: files or folders, by default the folder of specs."""
    told = tell("paths_option", language_of_terminal())
    parser.add_argument("paths", nargs="*", type=Path, default=[FOLDER], metavar="PATH", help=told)


def spec_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The spec files named by `paths`, each once. Raises `WrongUse` for a path that is not there."""
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path).parts
            if file.suffix in ENDINGS and file.name != CONCEPTS and not NOT_PROCEDURES.intersection(inside):
                yield file
    else:
        raise WrongUse(tell("no_such_path", language_of_terminal(), path=path))


def concepts_for(file: Path) -> Path | None:
    """The dictionary of concepts nearest above a spec."""
    places = (folder / CONCEPTS for folder in file.resolve().parents)
    return next((place for place in places if place.is_file()), None)


def tariffs_for(file: Path) -> dict[str, bytes]:
    """The tariffs in the folder of that name nearest above a spec, by path."""
    places = (folder / TARIFFS for folder in file.resolve().parents)
    place = next((place for place in places if place.is_dir()), None)
    files = sorted(one for one in place.iterdir() if one.suffix in ENDINGS) if place else []
    return {_short(one).as_posix(): one.read_bytes() for one in files}


@lru_cache(maxsize=4)
def _load_tariffs(files: tuple[tuple[str, bytes], ...]) -> tuple[Tariffs, tuple[Problem, ...]]:
    return load_tariffs(dict(files))


def compile_file(path: Path) -> CompiledFile:
    """Compile one spec with its concepts and tariffs; the problems of these are told with it."""
    place = concepts_for(path)
    concepts_source = place.read_bytes() if place else b""
    concepts, concept_problems = load_concepts(concepts_source, str(_short(place)) if place else CONCEPTS)
    files = tariffs_for(path)
    tariffs, tariff_problems = _load_tariffs(tuple(files.items()))
    shared = (*concept_problems, *tariff_problems)
    source = path.read_bytes()
    if is_tariff(path.resolve().as_posix()):
        return CompiledFile(path, source, concepts_source, files, None, shared, None)
    found = compile_procedure(source, str(path), concepts, tariffs)
    return CompiledFile(path, source, concepts_source, files, found.procedure, (*shared, *found.problems), found.root)


def _short(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def compile_all(paths: Sequence[Path]) -> list[CompiledFile]:
    """Every spec below `paths`. Raises `WrongUse` where there is none."""
    found = [compile_file(path) for path in spec_files(paths)]
    if not found:
        raise WrongUse(tell("no_specs", language_of_terminal(), path=", ".join(map(str, paths))))
    return found


def problems_of(compiled: Sequence[CompiledFile]) -> tuple[Problem, ...]:
    """All problems, each once, in reading order: of each spec, of its scenarios, and of the specs together."""
    found = {str(one.path): Compiled(one.procedure, one.problems, one.root) for one in compiled}
    return check_compiled(found).problems


def say_count(problems: Sequence[Problem], key: str, language: str, **facts: object) -> str:
    """The last line of a command that looks for problems: how many mistakes, how many warnings."""
    errors = sum(problem.severity == "error" for problem in problems)
    return tell(key, language, errors=errors, warnings=len(problems) - errors, **facts)


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
