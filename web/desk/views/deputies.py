"""/desk/deputies: who decides in one's place while one is away, and what was decided so."""

from datetime import date

from flask import Response, redirect, request

from engine.words import say
from procedures.actors import EVERYWHERE
from procedures.authority import offices_where
from procedures.deputising import DeputyRefused, end, mark_seen, name_deputy, named, unseen
from procedures.deputising.naming import candidates
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.desk.frame import blueprint, show

HERE = "/desk/deputies"
DONE = {"named": "desk.deputies_named", "ended": "desk.deputies_ended", "seen": "desk.deputies_seen_done"}
TYPED = ("deputy", "office", "first", "last")
LINKS = {"person": "#deputy", "office": "#office", "days": "#first"}


@blueprint.get(HERE)
@policy(MAY("case.endorse"))
def show_deputies() -> Response:
    """What waits to be seen, the deputies now, and the form for a new one."""
    return _page(dict.fromkeys(TYPED, ""))


@blueprint.post(HERE)
@policy(MAY("case.decide"))
def name_new_deputy() -> Response:
    """Name one; what was typed stays where something is wrong."""
    typed = {name: request.form.get(name, "") for name in TYPED}
    try:
        days = (_day(typed["first"]), _day(typed["last"]))
        with writing() as session:
            name_deputy(session, current_actor(), now(), typed["deputy"], typed["office"], days)
    except DeputyRefused as refused:
        problem = say(f"desk.deputies_error_{refused.key}", language())
        return _page(typed, 422, [(LINKS[refused.key], problem)])
    return redirect(f"{HERE}?done=named", 303)


@blueprint.post(HERE + "/<deputy_id>/end")
@policy(MAY("case.decide"))
def end_deputy(deputy_id: str) -> Response:
    """It ends at once."""
    with writing() as session:
        end(session, current_actor(), now(), deputy_id)
    return redirect(f"{HERE}?done=ended", 303)


@blueprint.post(HERE + "/seen/<subject_id>")
@policy(MAY("case.endorse"))
def mark_as_seen(subject_id: str) -> Response:
    """The absent one has seen it (後閲)."""
    with writing() as session:
        mark_seen(session, current_actor(), now(), subject_id)
    return redirect(f"{HERE}?done=seen", 303)


def _page(typed: dict[str, str], status: int = 200, problems: list[tuple[str, str]] | None = None) -> Response:
    actor = current_actor()
    offices = sorted(offices_where(actor, "case.decide"))
    with reading() as session:
        waiting, deputies = unseen(session, actor), named(session, actor, today())
        people = candidates(session, actor) if offices else []
    done = DONE.get(request.args.get("done", ""))
    return show(
        "deputies.html",
        status,
        waiting=waiting,
        deputies=deputies,
        people=people,
        offices=[office for office in offices if office != EVERYWHERE],
        approves=bool(offices),
        typed=typed,
        problems=problems or [],
        done=done,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DeputyRefused("days") from None
