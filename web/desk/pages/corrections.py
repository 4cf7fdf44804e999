"""Corrections as the desk's templates need them: what can be marked, what was asked for, what was changed."""

from dataclasses import dataclass
from datetime import date

from engine.calendar import open_day
from engine.correcting import Place, asked, value_at
from engine.journey import walk
from procedures.cases import CaseView
from procedures.corrections.reading import Request
from procedures.mails.footer import whole_text
from procedures.mails.wording import worded
from web.context import TOKYO
from web.corrections.words import Changed, changed, lines, title_of
from web.desk.forms.correction import CorrectionForm
from web.desk.pages.mails import Mail
from web.notifying import sender_of
from web.settings import Settings


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that can be marked. `key` names its inputs; `whole`: a list with all that is in it."""

    key: str
    place: Place
    title: str
    answer: tuple[str, ...]
    step: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what was marked in words, and what was changed."""

    request: Request
    marks: tuple[tuple[str, str], ...]
    changed: tuple[Changed, ...]


def choices(case: CaseView, language: str) -> tuple[Choice, ...]:
    """Every question that the submission leads to: plain ones, whole lists, each question of an item.

    What is asked inside an object is marked with it, as it is asked together.
    """
    journey = walk(case.procedure, case.answers, case.submitted_at.astimezone(TOKYO).date())
    names = {file.id: file.name for file in case.files}
    steps = {field.id: step.title.say(language) for step in journey.steps for field in step.fields}
    found = []
    for place, field in asked(journey):
        if len(place) > 1 and isinstance(place[-2], str) and not field.is_list:
            continue
        answer = () if field.is_list else lines(field, value_at(case.answers, place), names, language)
        title, step = title_of(case.procedure, place, language)[0], steps[str(place[0])]
        found.append(Choice("-".join(map(str, place)), place, title, answer, step, field.is_list))
    return tuple(found)


def told(case: CaseView, requests: tuple[Request, ...], language: str) -> tuple[Asked, ...]:
    """The requests of a case, newest first."""
    return tuple(
        Asked(
            request,
            tuple((title_of(case.procedure, mark.place, language)[0], mark.why) for mark in request.marks),
            tuple(changed(request.changed, request.files, language)),
        )
        for request in reversed(requests)
    )


def mail(case: CaseView, form: CorrectionForm, settings: Settings) -> Mail:
    """The mail that goes with a request, in the applicant's language."""
    parameters = {
        "reference": case.reference,
        "title": case.procedure.title.say(case.language),
        "link": f"{settings.public_url.rstrip('/')}/applications/{case.application_id}",
        "answer_by": last_day(form),
        "due": case.due_on,
    }
    words = worded("correction_requested", case.language, parameters)
    return Mail(words.subject, whole_text(words.body, sender_of(settings), case.language))


def last_day(form: CorrectionForm) -> date:
    """The day that was set, or the next on which the offices are open. For a form without problems."""
    if form.due_on is None:
        raise ValueError(form.due)
    return open_day(form.due_on)
