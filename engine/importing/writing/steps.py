"""Groups questions into steps: one for each object and each list, and small pages for the rest, in their order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.importing.shaping.naming import identifier
from engine.importing.shaping.questions import Question

MOST_ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One page."""

    id: str
    title: str
    questions: tuple[Question, ...]


def steps(questions: Iterable[Question]) -> tuple[Step, ...]:
    """The pages; a step is called like the first thing it asks, or like the object that it is part of."""
    taken: set[str] = set()
    found = []
    for page in _pages(questions):
        first = page[0]
        name = identifier(first.id if len(page) == 1 else f"page_{first.id}", taken)
        taken.add(name)
        found.append(Step(name, _title(page), tuple(page)))
    return tuple(found)


def _pages(questions: Iterable[Question]) -> Iterator[Sequence[Question]]:
    page: list[Question] = []
    for one in questions:
        alone = _needs_a_page(one)
        if page and (alone or len(page) == MOST_ON_A_PAGE or one.group != page[0].group):
            yield page
            page = []
        page.append(one)
        if alone:
            yield page
            page = []
    if page:
        yield page


def _needs_a_page(question: Question) -> bool:
    """A group of questions, or a list to add to."""
    items = question.field.get("items", {})
    return "properties" in question.field or (isinstance(items, dict) and "properties" in items)


def _title(page: Sequence[Question]) -> str:
    first = str(page[0].field["title"])
    group = page[0].group
    if len(page) == 1:
        return f"{group}: {first}" if group else first
    if group:
        return group
    japanese = any("\u3040" <= sign <= "\u9fff" for sign in first)
    return f"{first}など" if japanese else f"{first} and more"
