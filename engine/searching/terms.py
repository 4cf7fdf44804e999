"""The terms under which a submission is found: what its searchable answers hold, folded, and the words inside of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.model import Field, Procedure
from engine.searching.folding import fold

MOST = 60
"""Terms of one submission; a long list is found by its first items."""
MOST_OF_A_TEXT = 8
"""The words of one answer at which a search may begin."""


@dataclass(frozen=True, slots=True)
class Term:
    """What is found, and the path of the field that says it."""

    kind: str
    term: str


def terms(procedure: Procedure, answers: Mapping[str, Any]) -> list[Term]:
    """The terms of these answers, each once."""
    found: dict[Term, None] = {}
    for field, answer in _searchable(procedure.fields.values(), answers):
        for text in field.type.found_by(field, answer):
            found |= dict.fromkeys(Term(field.path, term) for term in terms_of(text))
    return list(found)[:MOST]


def terms_of(text: str) -> list[str]:
    """A text from its beginning, and from the beginning of each of its words: a search finds what begins with it."""
    words = text.split()
    folded = (fold("".join(words[at:])) for at in range(min(len(words), MOST_OF_A_TEXT)))
    return list(dict.fromkeys(term for term in folded if term))


def _searchable(fields: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    for field in fields:
        answer = answers.get(field.id)
        if answer is None:
            continue
        if field.properties:
            yield from _searchable(field.properties, answer if isinstance(answer, Mapping) else {})
        elif field.items is not None:
            yield from _of_items(field, answer)
        elif field.searchable:
            yield field, answer


def _of_items(field: Field, items: Any) -> Iterator[tuple[Field, Any]]:
    """A list of objects by what is searchable inside; a list of single answers as a whole."""
    for item in items if isinstance(items, list | tuple) else ():
        yield from _searchable(field.item_fields, field.item_answers(item))
