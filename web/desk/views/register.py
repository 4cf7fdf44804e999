"""/desk/register: the register of papers (交付簿) of an office and year, on the page and as CSV."""

from collections.abc import Sequence

from flask import Response, request

from engine.words import say
from procedures.errors import NotFound
from procedures.papers.numbers import SERIES
from procedures.papers.register import Line, Volume, lines, volumes
from web.access import policy
from web.context import current_actor, language, reading
from web.desk.frame import READER, blueprint, show
from web.finance.sending import as_csv
from web.pages.rendering import show_date

HEAD = ("number", "given", "title", "reference", "state", "ended", "why")


@blueprint.get("/desk/register")
@policy(READER)
def show_register() -> Response:
    """The volume that the address names, else the newest."""
    actor = current_actor()
    with reading() as session:
        known = volumes(session, actor)
        chosen = _chosen(known) if request.args else next(iter(known), None)
        found = lines(session, actor, chosen.kind, chosen.office, chosen.year) if chosen else ()
    return show("register.html", volumes=known, chosen=chosen, lines=found)


@blueprint.get("/desk/register.csv")
@policy(READER)
def register_as_csv() -> Response:
    """The same as a file."""
    actor = current_actor()
    with reading() as session:
        chosen = _chosen(volumes(session, actor))
        rows = [_cells(line, chosen) for line in lines(session, actor, chosen.kind, chosen.office, chosen.year)]
    head = [say(f"papers.column_{key}", language()) for key in HEAD]
    return as_csv(f"{SERIES[chosen.kind]}{chosen.office}-{chosen.year}", head, rows)


def _chosen(known: Sequence[Volume]) -> Volume:
    asked = tuple(request.args.get(name, "") for name in ("kind", "office", "year"))
    for one in known:
        if asked == (one.kind, one.office, str(one.year)):
            return one
    raise NotFound("/".join(asked))


def _cells(line: Line, volume: Volume) -> list[object]:
    spoken = language()
    title = line.title or say(f"papers.kind_{volume.kind}", spoken)
    ended = show_date(line.ended_at) if line.ended_at else ""
    state = say(f"papers.line_{line.state}", spoken)
    return [line.number, show_date(line.given_at), title, line.reference, state, ended, line.reason]
