"""The profile as its page shows it, and one entry of it being typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from engine.journey import walk
from engine.model import Field, Procedure
from engine.validation import Failure, check_fields, read_fields
from procedures.actors import Actor
from procedures.profiles import keeping
from procedures.profiles.claims import verified
from procedures.profiles.dictionary import dictionary, id_of
from procedures.profiles.known import Known
from web.context import language
from web.forms.pages import PageForm, step_form
from web.forms.wording import answered, worded
from web.residents.filling.replies import Texts
from web.residents.once.telling import source_words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known, in words."""

    concept: str
    title: str
    title_lang: Markup
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """`consents` is None where nobody has asked; `others` are concepts that may be typed in (name, title, lang)."""

    consents: bool | None
    confirmed: Sequence[Line]
    kept: Sequence[Line]
    others: Sequence[tuple[str, str, Markup]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept being typed, on a form of its own. `kept`: there is something under it already."""

    concept: str
    title: str
    procedure: Procedure
    form: PageForm
    kept: bool
    texts: Texts
    failures: tuple[Failure, ...] = ()
    answer: Any = None


def profile_of(session: Session, actor: Actor, today: date) -> Profile:
    """All that is known of the person; what the dictionary knows no more is left out."""
    fields = _fields(dictionary(session, today))
    kept = keeping.kept(session, actor)
    confirmed = verified(session, actor.id)
    others = [
        (concept, *worded(field.title, language()))
        for concept, field in fields.items()
        if concept not in kept and concept not in confirmed
    ]
    return Profile(
        keeping.consent(session, actor),
        _lines(session, fields, confirmed.values()),
        _lines(session, fields, kept.values()),
        others,
    )


def entry_of(session: Session, actor: Actor, today: date, concept: str) -> Entry | None:
    """One concept with what is kept; None where nothing may be kept of it, or nothing at all."""
    procedure = dictionary(session, today)
    field = _fields(procedure).get(concept)
    if procedure is None or field is None or not keeping.consent(session, actor):
        return None
    form = step_form(procedure, procedure.step_by_id[id_of(concept)], language())
    known = keeping.kept(session, actor).get(concept)
    texts = form.texts_of({field.id: known.answer}) if known else {}
    return Entry(concept, field.title.say(language()), procedure, form, known is not None, texts)


def read_entry(entry: Entry, sent: MultiDict[str, str], today: date) -> Entry:
    """What was typed, checked. Left empty there is no answer and nothing wrong."""
    texts = entry.form.carrier(sent).texts()
    reading = read_fields(entry.form.fields, texts)
    if not reading.answers and not reading.failures:
        return replace(entry, texts=texts)
    journey = walk(entry.procedure, reading.answers, today)
    failures = reading.failures or check_fields(entry.form.fields, reading.answers, journey, today)
    return replace(entry, texts=texts, failures=tuple(failures), answer=next(iter(reading.answers.values()), None))


def _fields(procedure: Procedure | None) -> dict[str, Field]:
    return {str(field.concept): field for field in procedure.fields.values()} if procedure else {}


def _lines(session: Session, fields: Mapping[str, Field], known: Iterable[Known]) -> list[Line]:
    found = []
    for one in known:
        field = fields.get(one.concept)
        if field is not None:
            title, lang = worded(field.title, language())
            words = answered(field, one.answer, language())
            found.append(Line(one.concept, title, lang, words, source_words(session, one.source)))
    return found
