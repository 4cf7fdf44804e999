"""Where in a request something is wrong: JSON Pointers (RFC 6901) that lead to what is there, or ought to be."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.validation import Failure

ANSWERS = "answers"


def pointer(path: Iterable[str | int]) -> str:
    """As a fragment (`#/answers/dogs/0`): `~` and `/` escaped."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def within(document: Any, path: Iterable[str | int]) -> list[str | int]:
    """The part of `path` that leads to something in `document`, or to a member that is missing from an object there.

    What is wrong with one input of an answer, such as the year of a day, is wrong with the answer.
    """
    found: list[str | int] = []
    here = document
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str):
            found.append(step)
            if step not in here:
                return found
        elif isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here):
            found.append(step)
        else:
            return found
        here = here[step]
    return found


def of_failure(failure: Failure, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
    """One thing that is wrong with the answers: where, what to do, and its code.

    That one cannot apply with these answers at all (`stop`) is said of all of them; `stop` names which rule it is.
    """
    told = {"detail": failure.say(language), "code": failure.key.removeprefix("errors.")}
    if failure.key == "stop":
        return {"pointer": pointer([ANSWERS]), **told, "stop": failure.path[-1]}
    return {"pointer": pointer([ANSWERS, *within(answers, failure.path)]), **told}
