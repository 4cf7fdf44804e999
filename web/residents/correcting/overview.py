"""All that is to be corrected on one page: what, why, the former answer, how far it is done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from engine.calendar import add_business_days, business_days_between
from engine.correcting import Place, asked, differences, value_at
from engine.model import Field
from engine.words import say
from procedures import attachments
from procedures.corrections.working import Working
from procedures.days import tokyo_day
from web.context import current_actor, language
from web.corrections.words import Changed, changed, lines, title_of
from web.residents.correcting.spots import address, places_of, spot_at


@dataclass(frozen=True, slots=True)
class Task:
    """One place: `state` is open (as it was), done (changed), wrong (something is missing or does not fit)."""

    title: str
    title_lang: Markup
    why: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class Overview:
    """`asked` are the places that were marked, `following` those that their changes brought up.

    `closed` are marked questions to which the answers no longer lead; `wrong` leads to the first place to mend.
    """

    asked: tuple[Task, ...]
    following: tuple[Task, ...]
    closed: tuple[str, ...]
    wrong: str | None

    @property
    def complete(self) -> bool:
        """Whether nothing keeps it from being sent."""
        return self.wrong is None


def overview(work: Working, names: dict[str, str]) -> Overview:
    """The page's tasks; `names` are those of files by id."""
    marked, following, closed = [], [], []
    for root in work.corrected.roots:
        places = list(places_of(work, root)) if _leads_to(work, root) else []
        if not places:
            closed.append(title_of(work.procedure, root, language())[0])
        tasks = [_task(work, place, names) for place in places]
        (marked if root in work.corrected.marked else following).extend(tasks)
    wrong = next((task.href for task in (*marked, *following) if task.state == "wrong"), None)
    if wrong is None and work.corrected.failures:
        wrong = f"/applications/{work.application_id}/correction"
    return Overview(tuple(marked), tuple(following), tuple(closed), wrong)


def _leads_to(work: Working, place: Place) -> bool:
    return any(known == place for known, _ in asked(work.corrected.journey))


def _task(work: Working, place: Place, names: dict[str, str]) -> Task:
    spot = spot_at(work, place)
    before, after = value_at(work.before.answers, place), value_at(work.corrected.answers, place)
    state = "wrong" if spot.own(work.corrected.failures) else "done" if before != after else "open"
    told = _listed(work, place, names) if spot.field.is_list else _said(spot.field, before, after, names)
    title, lang = title_of(work.procedure, place, language())
    return Task(title, lang, work.why(place), *told, state, address(work, place))


def _said(field: Field, before: Any, after: Any, names: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return lines(field, before, names, language()), lines(field, after, names, language())


def _listed(work: Working, place: Place, names: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of a list: how many there were, and what became of them; its own page shows them all."""
    before, after = (value_at(answers, place) for answers in (work.before.answers, work.corrected.answers))
    count = say("resident.list_count", language(), count=len(before) if isinstance(before, list) else 0)
    if before == after:
        return (count,), (count,)
    ids = tuple(key for key in place if isinstance(key, str))
    nothing, arrow = say("site.unanswered", language()), say("corrections.becomes", language())
    return (count,), tuple(
        f"{one.title}：{'、'.join(one.before) or nothing}{arrow}{'、'.join(one.after) or nothing}"
        for one in changes(work, names)
        if one.place[: len(ids)] == ids
    )


def changes(work: Working, names: dict[str, str]) -> list[Changed]:
    """Everything that differs from the submission."""
    return changed(differences(work.procedure, work.before.answers, work.corrected.answers), names, language())


def names_of(session: Session, work: Working) -> dict[str, str]:
    """The names of all files of the case by id."""
    return {file.id: file.name for file in attachments.of_case(session, current_actor(), work.application_id)}


def expected(work: Working, today: date) -> date | None:
    """When the result is expected if the correction is sent today."""
    if work.office_due_on is None:
        return None
    return add_business_days(work.office_due_on, business_days_between(tokyo_day(work.requested_at), today))
