"""What a submission says that may be kept for next time, as lines with a box to tick."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from engine.words import say
from procedures.profiles import keeping, proposing
from procedures.profiles.proposing import Proposal
from web.context import current_actor, language
from web.forms.wording import answered, worded


@dataclass(frozen=True, slots=True)
class Line:
    """One box. `ticked` unless it would stand against what an issuer confirmed; `first_time`: nobody has asked yet."""

    concept: str
    title: str
    title_lang: Markup
    words: str
    note: str
    ticked: bool
    first_time: bool


def worth_keeping(session: Session, application_id: str) -> list[Line]:
    """The lines; none for a visitor, where nothing is new, and where nothing is to be kept."""
    actor = current_actor()
    found = proposing.proposals(session, actor, application_id)
    first_time = bool(found) and keeping.consent(session, actor) is None
    return [_line(one, first_time=first_time) for one in found]


def _line(one: Proposal, *, first_time: bool) -> Line:
    title, lang = worded(one.field.title, language())
    words = answered(one.field, one.answer, language())
    return Line(one.concept, title, lang, words, _note(one), not one.against_verified, first_time)


def _note(one: Proposal) -> str:
    if one.before is None:
        return say("once.keep_new", language())
    before = one.field.type.show(one.field, one.before.answer, language())
    return say("once.keep_against" if one.against_verified else "once.keep_differs", language(), before=before)
