"""/desk/cases/<id>/opinions: asking another office, taking the question back."""

from dataclasses import dataclass
from datetime import date

from flask import Response, request
from sqlalchemy.orm import Session

from engine.words import say
from procedures.asides import opinions
from procedures.asides.opinions import OpinionClosed, earliest_day
from procedures.authority import require
from procedures.cases import view
from procedures.errors import MessageRefused
from procedures.models import new_id
from procedures.people import offices
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.desk.frame import blueprint, show, to_case
from web.desk.pages.conflicts import STALE
from web.desk.views.conflict import conflict_answer
from web.forms.plain_text import plain_lines

HERE = "/desk/cases/<application_id>/opinions"


@dataclass(frozen=True, slots=True)
class Question:
    """What was chosen and written; `due` is as it was typed."""

    office: str = ""
    text: str = ""
    due: str = ""
    nonce: str = ""

    @property
    def due_on(self) -> date:
        """The day; the first of all where it is none, which is always too early."""
        try:
            return date.fromisoformat(self.due.strip())
        except ValueError:
            return date.min


@blueprint.get(HERE + "/new")
@policy(MAY("opinion.ask"))
def show_question(application_id: str) -> Response:
    """The empty form."""
    return _form(application_id, Question(due=earliest_day(today()).isoformat(), nonce=new_id()))


@blueprint.post(HERE)
@policy(MAY("opinion.ask"))
def take_question(application_id: str) -> Response:
    """Ask; what does not do comes back as it was typed."""
    form = request.form
    asked = Question(
        form.get("office", ""), plain_lines(form.get("text", "")), form.get("due", ""), form.get("nonce", "")
    )
    try:
        with writing() as session:
            others = frozenset(office.id for office in offices.all_known(session))
            actor, what = current_actor(), (asked.office, asked.text, asked.due_on)
            opinions.ask(session, actor, now(), application_id, *what, asked.nonce, others)
    except MessageRefused as refused:
        return _form(application_id, asked, 422, wrong=refused.what)
    except OpinionClosed:
        return conflict_answer(application_id, STALE, asked.text)
    return to_case(application_id, "opinion_asked")


@blueprint.post(HERE + "/<opinion_id>/take-back")
@policy(MAY("opinion.ask"))
def take_question_back(application_id: str, opinion_id: str) -> Response:
    """No answer is needed any more."""
    try:
        with writing() as session:
            opinions.take_back(session, current_actor(), now(), application_id, opinion_id)
    except OpinionClosed:
        return conflict_answer(application_id, STALE)
    return to_case(application_id, "opinion_taken_back")


def _form(application_id: str, asked: Question, status: int = 200, wrong: str = "") -> Response:
    actor = current_actor()
    with reading() as session:
        case = view(session, actor, application_id)
        require(actor, "opinion.ask", case, application_id)
        others = _others(session, case.office)
    least = earliest_day(today())
    places = {"office": "#office", "day": "#due", "many": "#text"}
    facts = {"length": f"{len(asked.text):,}", "most": f"{opinions.LONGEST:,}", "day": least.isoformat()}
    problems = [(places.get(wrong, "#text"), say(f"desk.opinion_wrong_{wrong}", language(), **facts))] if wrong else []
    return show("opinion_ask.html", status, case=case, asked=asked, offices=others, problems=problems, least=least)


def _others(session: Session, own: str) -> list[tuple[str, str]]:
    """Every other office by what people call it."""
    return [(office.id, office.name(language())) for office in offices.all_known(session) if office.id != own]
