"""Three questions after sending: how easy it was, how long it took, and words. Whoever likes answers; once a case."""

import re
import unicodedata
from dataclasses import dataclass, field

from flask import redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.lifecycle import Status
from engine.words import say
from procedures import drafts
from procedures.drafts import Draft
from procedures.insight import feedback
from procedures.insight.feedback import MOST_CHARACTERS, MOST_MINUTES, Given
from web.access import APPLICANT, policy
from web.context import current_actor, language, now, reading, settings, writing
from web.residents.routes import blueprint

HERE = "/applications/<application_id>/feedback"
EASE = ("1", "2", "3", "4", "5")
WHOLE = re.compile(r"[0-9]{1,4}")


@dataclass(slots=True)
class Sheet:
    """What was typed, and what is wrong with it by question."""

    ease: str = ""
    minutes: str = ""
    words: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """For the summary on top."""
        return [(f"#{name}", words) for name, words in self.wrong.items()]


@blueprint.get(HERE)
@policy(APPLICANT)
def ask_feedback(application_id: str) -> Response | str:
    """The questions; or thanks, where they were answered."""
    case, answered = _case(application_id)
    if answered:
        return render_template("residents/feedback_thanks.html", case=case)
    return _show(case, Sheet())


@blueprint.post(HERE)
@policy(APPLICANT)
def give_feedback(application_id: str) -> Response | tuple[str, int]:
    """Keep the answers, or the page again with what to mend."""
    case, _ = _case(application_id)
    sheet = Sheet(*(request.form.get(name, "") for name in ("ease", "minutes", "words")))
    given = _read(sheet)
    if given is None:
        return _show(case, sheet), 422
    with writing() as session:
        feedback.give(session, now(), case.procedure, _token(application_id), given, language())
    return redirect(f"/applications/{application_id}/feedback", 303)


def _case(application_id: str) -> tuple[Draft, bool]:
    """The own case that was sent, and whether it has answered. `NotFound` for another's and for a draft."""
    with reading() as session:
        case = drafts.load(session, current_actor(), application_id)
        if case.status is Status.DRAFT or case.reference is None:
            raise NotFound
        return case, feedback.given(session, _token(application_id))


def _token(application_id: str) -> str:
    return feedback.token_of(application_id, settings().secret_key)


def _read(sheet: Sheet) -> Given | None:
    """What was answered; None with what is wrong noted in the sheet."""
    minutes = unicodedata.normalize("NFKC", sheet.minutes).strip()
    if sheet.ease not in EASE:
        sheet.wrong["ease"] = say("feedback.ease_missing", language())
    if minutes and not (WHOLE.fullmatch(minutes) and int(minutes) <= MOST_MINUTES):
        sheet.wrong["minutes"] = say("feedback.minutes_wrong", language(), most=MOST_MINUTES)
    if len(sheet.words.strip()) > MOST_CHARACTERS:
        sheet.wrong["words"] = say("feedback.words_long", language(), most=MOST_CHARACTERS)
    if sheet.wrong:
        return None
    return Given(int(sheet.ease), int(minutes) if minutes else None, sheet.words)


def _show(case: Draft, sheet: Sheet) -> str:
    return render_template("residents/feedback.html", case=case, sheet=sheet, problems=sheet.problems, steps=EASE)
