"""What came of checking one file, small enough to keep, and what is wrong only between files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.problems import Code, Problem, Report, Spot

SAME_ID = Code("same-id", example="(two files with the same id and version)")
WRONG_FILE = Code("wrong-file-name", example="(suido/dog.yaml with id: dog-registration)", severity="warning")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`identity` is id and version, `digest` that of the version; None and "" where errors forbid one.

    `place` is where the id stands; `problems` are those of the file itself and of its scenarios.
    """

    identity: tuple[str, str] | None
    place: Spot
    digest: str
    problems: tuple[Problem, ...]


def all_problems(outcomes: Mapping[str, Outcome]) -> tuple[Problem, ...]:
    """Everything that is wrong with the files, each problem once, in reading order."""
    ordered = dict(sorted(outcomes.items()))
    found = {problem for one in ordered.values() for problem in one.problems}
    return tuple(sorted(found.union(_between(ordered.items()))))


def _between(outcomes: Iterable[tuple[str, Outcome]]) -> Iterator[Problem]:
    """What can be wrong only between files, and with their names."""
    first: dict[tuple[str, str], str] = {}
    for file, one in outcomes:
        if one.identity is None:
            continue
        report = Report(file)
        id, version = one.identity
        if one.identity in first:
            report.add(SAME_ID, one.place, "id", id=id, version=version, other=first[one.identity])
        first.setdefault(one.identity, file)
        if not PurePosixPath(file).stem.startswith(id):
            report.add(WRONG_FILE, one.place, "id", id=id, file=PurePosixPath(file).name)
        yield from report.problems
