"""What a browser sent for a page, read and checked against the rest of the answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.journey import Journey
from engine.model import Field
from engine.validation import Failure, Reading

Texts = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """`answers` are all of the draft's with this page's put in; `page` only this page's, by field id.

    The paths of `failures` begin with the id of a field of the page.
    """

    answers: dict[str, Any]
    page: dict[str, Any]
    journey: Journey
    failures: tuple[Failure, ...]


def put(answers: Mapping[str, Any], fields: Iterable[Field], reading: Reading) -> dict[str, Any]:
    """`answers` with those of `fields` replaced by what was read; what was left blank goes."""
    asked = {field.id for field in fields}
    return {id: answer for id, answer in answers.items() if id not in asked} | reading.answers


def readable(fields: Iterable[Field], unread: Iterable[Failure]) -> tuple[Field, ...]:
    """Without those whose text could not be read: one message a question is enough."""
    faulty = {failure.path[0] for failure in unread}
    return tuple(field for field in fields if field.id not in faulty)
