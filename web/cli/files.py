"""Finding specs and what they share on disk, without compiling anything."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.papers.templates import ENDING, as_text
from engine.papers.templates import FOLDER as TEMPLATES
from web.cli import WrongUse
from web.cli.speech import language_of_terminal, tell

FOLDER = Path("procedure_specs")
CONCEPTS = "concepts.yaml"
TARIFFS = "tariffs"
NOT_PROCEDURES = frozenset({"schema", TARIFFS, TEMPLATES})
ENDINGS = frozenset({".yaml", ".yml"})


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


def some_spec_files(paths: Sequence[Path]) -> list[Path]:
    """The same; raises `WrongUse` where there is none."""
    files = list(spec_files(paths))
    if not files:
        raise WrongUse(tell("no_specs", language_of_terminal(), path=", ".join(map(str, paths))))
    return files


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
    return {short(one).as_posix(): one.read_bytes() for one in files}


def templates_for(file: Path) -> dict[str, str] | None:
    """The templates in the folder of that name nearest above a spec, by name; None where there is no such folder."""
    places = (folder / TEMPLATES for folder in file.resolve().parents)
    place = next((place for place in places if place.is_dir()), None)
    if place is None:
        return None
    return {one.stem: as_text(one.read_bytes()) for one in sorted(place.glob(f"*{ENDING}"))}


def short(path: Path) -> Path:
    """As people in this folder call it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
