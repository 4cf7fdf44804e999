"""What became of one case of a batch: a word for each way in which a service refuses, with what its wording names."""

from typing import Any

from procedures.assigning.moves import ReasonRefused
from procedures.batches.acts import NoSuchWords, NothingProposed
from procedures.errors import (
    AlreadyDecided,
    Conflict,
    MessageRefused,
    NotFound,
    ProposalChanged,
    SamePerson,
    TransitionRefused,
    WaiverUndecided,
)

DONE = "done"
SIMPLE: dict[type[Exception], str] = {
    NotFound: "missing",
    ProposalChanged: "changed",
    SamePerson: "own",
    NothingProposed: "unproposed",
    WaiverUndecided: "undecided",
    NoSuchWords: "no_words",
}
"""Refusals whose wording names nothing."""


def result_of(error: Exception) -> tuple[str, dict[str, Any]]:
    """The word for what a service raised, and its facts; names only of colleagues."""
    match error:
        case AlreadyDecided():
            return "decided", {"name": error.by, "at": error.at.isoformat()}
        case Conflict():
            return "taken", {"name": error.who, "at": error.when.isoformat()}
        case TransitionRefused():
            return "impossible", {"status": error.source.value}
        case MessageRefused() | ReasonRefused():
            return f"words_{error.what}", {}
        case _:
            word = SIMPLE.get(type(error))
            return (word, {}) if word else ("failed", {"error": type(error).__name__})
