"""A draft as a list of tasks: each page with how far it is, in words, and what those that cannot start yet wait for."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from engine.ahead import ahead
from engine.model import Procedure, Step, Text
from web.residents.filling.drafted import Filling
from web.residents.filling.places import value_at
from web.residents.filling.way import Page, pages_of
from web.residents.once.waiting import page_waits

State = Literal["waits", "open", "brought", "begun", "wrong", "done"]
LONG = 6
"""Procedures of so many steps begin with the list of tasks, and lead to it from every page."""


@dataclass(frozen=True, slots=True)
class Task:
    """One line. `href` is empty for what cannot start yet: `waits` then says after which steps it can."""

    title: Text
    state: State
    href: str = ""
    waits: tuple[Text, ...] = ()


def is_long(procedure: Procedure) -> bool:
    """Whether there is so much to answer that people want to choose where to begin, and to see how far they are."""
    return len(procedure.steps) >= LONG


def tasks_address(filling: Filling) -> str:
    """Where the pages of a long procedure lead back to; empty for a short one."""
    return f"/applications/{filling.id}" if is_long(filling.procedure) else ""


def tasks(filling: Filling, typed: Collection[str]) -> list[Task]:
    """Every page in its order. `typed` are the addresses, below the draft, of pages with text that was not sent."""
    pages = pages_of(filling.journey)
    answered = [page for page in pages if _answered(filling, page)]
    passed = pages.index(answered[-1]) if answered else -1
    states = [_state(filling, page, typed, passed=place <= passed) for place, page in enumerate(pages)]
    by_step: dict[str, list[Task]] = {}
    for page, state in zip(pages, states, strict=True):
        title = page.list.title if page.list else page.step.title
        there = page.address(filling.id, then="tasks" if state in {"done", "wrong"} else "")
        by_step.setdefault(page.step.id, []).append(Task(title, state, there))
    for one in ahead(filling.journey):
        by_step[one.step.id] = [Task(one.step.title, "waits", waits=_titles(one.waits))]
    return [task for step in filling.procedure.steps for task in by_step.get(step.id, ())]


def _titles(steps: Collection[Step]) -> tuple[Text, ...]:
    return tuple(step.title for step in steps)


def _state(filling: Filling, page: Page, typed: Collection[str], *, passed: bool) -> State:
    """A page that needs nothing is done once it was passed; one that nobody came to yet is open."""
    here = page.address("").removeprefix("/applications//")
    unsent = any(one == here or one.startswith(f"{here}/") for one in typed)
    failures = page.failures(filling.journey, filling.day)
    answers = filling.journey.answers
    if any(value_at(answers, failure.path) not in (None, "", []) and failure.path != page.path for failure in failures):
        return "wrong"
    if unsent:
        return "begun"
    if not _answered(filling, page) and page_waits(filling, page):
        return "brought"
    if failures:
        return "begun" if _answered(filling, page) else "open"
    return "done" if passed or _answered(filling, page) else "open"


def _answered(filling: Filling, page: Page) -> bool:
    if page.list is not None:
        return bool(value_at(filling.journey.answers, page.path))
    return any(field.id in filling.journey.answers for field in page.fields)
