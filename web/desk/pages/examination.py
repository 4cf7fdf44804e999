"""The screens of an examination: what is asked of staff in each stage, as it is drawn and as it is read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from engine.digits import LARGEST, whole
from engine.examining import filling, to_tick
from engine.journey import Journey
from engine.model import CheckItem, Field, Procedure, Stage, Step
from engine.validation import Failure, check_fields, read_fields
from procedures.actors import Actor
from procedures.cases import CaseView
from procedures.days import tokyo_day
from procedures.examining.entries import CHECK, FIELD, Entry, Record
from procedures.examining.saving import Clash, Typed, works_on
from web.forms.building import questions_of
from web.forms.choosing import open_values
from web.forms.mistakes import Mistakes, mistakes_of
from web.forms.pages import PageForm, build
from web.forms.plain import Question

PREFIX = "record."
"""Before the names of the fields, so that they cannot be those of other things on the page."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist; `entry` says who ticked it, or took the tick away."""

    item: CheckItem
    ticked: bool
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Given:
    """One field that is filled in, in words."""

    field: Field
    words: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Desk:
    """One stage. `mine`: this person may fill it in now; then `questions` and `texts` draw the form.

    `seen` are the numbers of what the form shows, as (input name, number).
    """

    stage: Stage
    mine: bool
    items: tuple[Item, ...]
    given: tuple[Given, ...]
    fields: tuple[Field, ...]
    questions: tuple[Question, ...] = ()
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seen: tuple[tuple[str, int], ...] = ()
    mistakes: Mistakes = field(default_factory=Mistakes)

    @property
    def asks(self) -> bool:
        """Whether there is anything in it at all."""
        return bool(self.items or self.questions or self.given)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form held, read: to be saved, or to be shown again with what is wrong."""

    typed: Typed
    texts: Mapping[str, Sequence[str]]
    failures: tuple[Failure, ...]


def desks(case: CaseView, record: Record, actor: Actor, now: datetime, language: str) -> tuple[Desk, ...]:
    """Every stage in which something is asked of staff in this case."""
    review = case.procedure.review
    if review is None or not (review.clerk_fields or review.checklist):
        return ()
    journey = journey_of(case, record.filled, now)
    found = (_desk(case, record, journey, stage, actor, language) for stage in review.stages)
    return tuple(desk for desk in found if desk.asks)


def journey_of(case: CaseView, filled: Mapping[str, Any], now: datetime) -> Journey:
    """The questions to staff, as of now."""
    return filling(case.procedure, case.answers, filled, tokyo_day(case.submitted_at), tokyo_day(now))


def _desk(case: CaseView, record: Record, journey: Journey, stage: Stage, actor: Actor, language: str) -> Desk:
    fields = _step(case.procedure, stage).fields
    mine = works_on(actor, case.office, case.status, stage)
    items = tuple(
        Item(item, item.id in record.ticked, record.newest.get((CHECK, item.id)))
        for item in to_tick(case.procedure, journey, stage.id)
    )
    given = tuple(
        Given(one, one.type.show(one, journey.answers[one.id], language), record.newest[FIELD, one.id])
        for one in fields
        if one.id in journey.answers
    )
    desk = Desk(stage, mine, items, given, fields)
    return form_of(case.procedure, desk, record, journey, language) if mine else desk


def _step(procedure: Procedure, stage: Stage) -> Step:
    return procedure.examined.step_by_id[f"review.{stage.id}"]


def form_of(procedure: Procedure, desk: Desk, record: Record, journey: Journey, language: str) -> Desk:
    """The same with the questions to fill in and what they hold."""
    form = _page(procedure, desk.fields, language)
    texts = {PREFIX + name: given for name, given in form.texts_of(record.filled).items()}
    seen = [(f"seen.{FIELD}.{one.id}", record.newest.get((FIELD, one.id))) for one in desk.fields]
    seen += [(f"seen.{CHECK}.{one.item.id}", one.entry) for one in desk.items]
    numbers = tuple((name, entry.number if entry else 0) for name, entry in seen)
    asked = form.asked(lambda one: one.id in journey.shown, lambda one: open_values(one, journey.scope))
    return replace(desk, questions=asked, texts=texts, seen=numbers)


def _page(procedure: Procedure, fields: Sequence[Field], language: str) -> PageForm:
    """Built anew each time: staff see few of them, and each belongs to one stage."""
    page = build(fields, procedure, language)
    return replace(page, questions=questions_of(fields, language, procedure.conditions, PREFIX))


def read(case: CaseView, stage: Stage, record: Record, form: Any, now: datetime) -> Sent:
    """What a browser sent (a MultiDict) for one stage. Questions that do not show are left as they are."""
    fields = _step(case.procedure, stage).fields
    texts = {name: form.getlist(name) for name in form if name.startswith(PREFIX)}
    reading = read_fields(fields, texts, PREFIX)
    unread = {failure.path[0] for failure in reading.failures}
    kept = {item: value for item, value in record.filled.items() if item not in {one.id for one in fields}}
    journey = journey_of(case, {**kept, **reading.answers}, now)
    shown = [one for one in fields if one.id in journey.shown]
    given = [one for one in shown if one.id in reading.answers]
    failures = [failure for failure in reading.failures if failure.path[0] in journey.shown]
    failures += check_fields(given, journey.answers, journey, journey.today)
    ticks = set(form.getlist("check"))
    typed = Typed(
        {one.id: journey.answers.get(one.id) for one in shown if one.id not in unread},
        {item.id: item.id in ticks for item in to_tick(case.procedure, journey, stage.id)},
        {(kind, item): _number(form.get(f"seen.{kind}.{item}", "")) for kind, item in _seen(form)},
    )
    return Sent(typed, texts, tuple(failures))


def _seen(form: Any) -> list[tuple[str, str]]:
    names = (name.split(".", 2) for name in form if name.startswith("seen."))
    return [(parts[1], parts[2]) for parts in names if len(parts) == 3]  # noqa: PLR2004


def _number(text: str) -> int:
    return whole(text, LARGEST) or 0


def again(desk: Desk, sent: Sent, language: str) -> Desk:
    """The form with what was typed, and what is wrong with it."""
    told = [replace(failure, path=(PREFIX.rstrip("."), *failure.path)) for failure in sent.failures]
    items = tuple(replace(one, ticked=sent.typed.ticks.get(one.item.id, one.ticked)) for one in desk.items)
    return replace(desk, items=items, texts=sent.texts, mistakes=mistakes_of(desk.questions, told, language))


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that two people changed, in words."""

    title: str
    mine: str
    theirs: str
    by: str
    at: datetime


def clashes_in_words(desk: Desk, clashes: Sequence[Clash], yes: str, no: str, language: str) -> tuple[Difference, ...]:
    """Both values of everything that a colleague changed meanwhile."""
    fields = {one.id: one for one in desk.fields}
    items = {one.item.id: one.item for one in desk.items}

    def show(kind: str, item: str, value: Any) -> str:
        if kind == CHECK:
            return yes if value else no
        return "" if value is None else fields[item].type.show(fields[item], value, language)

    return tuple(
        Difference(
            (items[one.theirs.item] if one.theirs.kind == CHECK else fields[one.theirs.item]).title.say(language),
            show(one.theirs.kind, one.theirs.item, one.mine),
            show(one.theirs.kind, one.theirs.item, one.theirs.value),
            one.theirs.by,
            one.theirs.at,
        )
        for one in clashes
    )
