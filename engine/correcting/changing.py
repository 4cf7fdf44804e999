"""Answers with the corrections put in: what was marked may change, and what follows from it; all else stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.correcting.places import Place, asked, covered, outermost, put_at
from engine.journey import Journey, walk
from engine.model import Procedure
from engine.validation import Failure, check_submission


@dataclass(frozen=True, slots=True)
class Corrected:
    """A submission with corrections put in; `given` are all answers, also those that left the path.

    `marked` are the outermost places that may change because somebody asked for it; `opened` those that may because of
    what was changed there: questions that did not show before, and answers that no longer fit. `failures` keep it from
    being submitted.
    """

    given: Mapping[str, Any]
    journey: Journey
    marked: tuple[Place, ...]
    opened: tuple[Place, ...]
    failures: tuple[Failure, ...]

    @property
    def answers(self) -> Mapping[str, Any]:
        """Those on the path."""
        return self.journey.answers

    @property
    def roots(self) -> tuple[Place, ...]:
        """The outermost places that may change."""
        return (*self.marked, *self.opened)

    def may_change(self, place: Place) -> bool:
        """Whether the answer at `place` may be another one than before."""
        return covered(place, self.roots)


def correct(
    procedure: Procedure, before: Mapping[str, Any], marks: Iterable[Place], changes: Mapping[Place, Any], day: date
) -> Corrected:
    """`before`, which was submitted on `day` (Tokyo), with `changes` put in as far as they may be.

    A change is the new answer at a place, or ABSENT. One at a place that may not change (any more) is passed over, so
    nothing that was sent in its stead can alter an answer that nobody asked for. All is judged as of `day`: a
    correction belongs to the application that it mends.
    """
    marked = outermost(marks)
    known = {place for place, _ in asked(walk(procedure, before, day))}
    roots = marked
    while True:
        answers = _with(before, roots, changes)
        journey = walk(procedure, answers, day)
        failures = check_submission(procedure, journey.answers, day)
        found = _following(journey, known, failures)
        added = outermost(place for place in found if not covered(place, roots))
        if not added:
            opened = tuple(root for root in roots if root not in marked)
            return Corrected(answers, journey, marked, opened, failures)
        roots = (*roots, *added)


def _with(before: Mapping[str, Any], roots: tuple[Place, ...], changes: Mapping[Place, Any]) -> Any:
    """In the order of the roots: what opened later may lie in what came before."""
    answers: Any = before
    for root in roots:
        if root in changes:
            answers = put_at(answers, root, changes[root])
    return answers


def _following(journey: Journey, known: set[Place], failures: Iterable[Failure]) -> list[Place]:
    """Questions that the answers before did not lead to, and those whose answers do not fit any more."""
    here = dict(asked(journey))
    found = [place for place in here if place not in known]
    for failure in failures:
        prefixes = (failure.path[:length] for length in range(len(failure.path), 0, -1))
        question = next((place for place in prefixes if place in here), None)
        if question is not None:
            found.append(question)
    return found
