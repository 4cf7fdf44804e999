"""/desk/absences: when oneself is away, and, for managers, when colleagues are."""

from collections.abc import Sequence

from flask import Response, redirect, request
from sqlalchemy.orm import Session

from engine.words import say
from procedures.actors import Actor
from procedures.assigning import colleagues, presence
from procedures.assigning.colleagues import Colleague
from procedures.assigning.presence import AbsenceRefused
from procedures.authority import offices_where
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.desk.frame import blueprint, just_done, show
from web.pages.dates import read_day

HERE = "/desk/absences"
TYPED = ("person", "first", "last", "stand_in")
ABOUT = {"order": "#last", "past": "#last", "long": "#last", "stand_in": "#stand_in", "many": "#first"}


@blueprint.get(HERE)
@policy(MAY("absence.enter"))
def show_absences() -> Response:
    """Who of the people that one may enter it for is away, now and later, and the form."""
    return _page(done=just_done())


@blueprint.post(HERE)
@policy(MAY("absence.enter"))
def enter_absence() -> Response:
    """Enter one. Days may be typed in any usual way."""
    first, last = (read_day(request.form.get(name, "")) for name in ("first", "last"))
    if first is None or last is None:
        missing = "#first" if first is None else "#last"
        return _page([(missing, say("desk.absence_wrong_day", language()))], 422)
    person = request.form.get("person", "")[:100] or current_actor().id
    stand_in = request.form.get("stand_in", "")[:100] or None
    try:
        with writing() as session:
            presence.enter(session, current_actor(), now(), person, first, last, stand_in)
    except AbsenceRefused as refused:
        words = say(f"desk.absence_wrong_{refused.what}", language())
        return _page([(ABOUT[refused.what], words)], 422)
    return redirect(f"{HERE}?done=absence_entered", 303)


@blueprint.post(HERE + "/<absence_id>/call-off")
@policy(MAY("absence.enter"))
def call_off_absence(absence_id: str) -> Response:
    """They are there after all."""
    with writing() as session:
        presence.call_off(session, current_actor(), now(), absence_id)
    return redirect(f"{HERE}?done=absence_called_off", 303)


def _page(problems: Sequence[tuple[str, str]] = (), status: int = 200, *, done: str | None = None) -> Response:
    actor = current_actor()
    with reading() as session:
        people = _people(session, actor)
        absences = presence.to_come(session, [one.id for one in people], today())
        beside = _beside(session, people)
    return show(
        "assigning/absences.html",
        status,
        people=people,
        beside=beside,
        absences=absences,
        typed={name: request.form.get(name, "")[:100] for name in TYPED},
        problems=problems,
        day=today(),
        done=done,
    )


def _people(session: Session, actor: Actor) -> list[Colleague]:
    """Oneself, and everybody of the offices that one manages."""
    found = {actor.id: Colleague(actor.id, actor.name)}
    for office in sorted(offices_where(actor, "absence.enter_for")):
        for role in colleagues.AT_CASES:
            found |= {one.id: one for one in colleagues.of_office(session, office, role)}
    return list(found.values())


def _beside(session: Session, people: Sequence[Colleague]) -> list[Colleague]:
    """Everybody who could stand in for one of them, by name."""
    ids = frozenset().union(*(colleagues.beside(session, one.id) for one in people))
    return colleagues.named(session, ids)
