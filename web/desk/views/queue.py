"""GET /desk: the queue, its tabs, its filters and the search."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Response, redirect, request

from procedures.actors import Actor
from procedures.authority import offices_where
from procedures.cases import QueueFilter, QueueRow, Scope, counts, queue, with_reference
from procedures.reading.choices import choices
from web.access import policy
from web.context import current_actor, language, reading, today
from web.desk.frame import READER, blueprint, just_done, show
from web.desk.pages.filters import STATUSES, Asked, narrows, parse, query_of
from web.desk.pages.queue import first_tab, line, tabs, told

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """The cases of one page, and the addresses of those beside it."""

    rows: list[QueueRow]
    before: str | None
    after: str | None


@blueprint.get("/desk")
@policy(READER)
def show_queue() -> Response:
    """One tab of the queue, narrowed by what the address asks; a whole number leads to its case."""
    actor, day = current_actor(), today()
    asked = parse(request.args, day)
    with reading() as session:
        if asked.filters.words and (case := with_reference(session, actor, asked.filters.words)):
            return redirect(f"/desk/cases/{case}", 302)
        totals = counts(session, actor, day)
        filters = _in_tab(asked, actor, totals)
        found = queue(session, actor, replace(filters, limit=A_PAGE + 1))
        offered = choices(session, actor)
    page = _page(filters, found)
    return show(
        "queue.html",
        status=422 if asked.refused else 200,
        asked=asked,
        filters=filters,
        done=just_done(),
        problems=told(asked.refused, language()),
        choices=offered,
        offices=sorted(offices_where(actor, "case.read")),
        statuses=STATUSES,
        tabs=tabs(filters, totals),
        narrowed=narrows(filters),
        query=query_of(filters),
        cleared=query_of(QueueFilter(day, filters.scope)),
        total=totals.get(filters.scope, 0),
        late=totals.get("late", 0),
        lines=[line(row, actor, day) for row in page.rows],
        page=page,
    )


def _in_tab(asked: Asked, actor: Actor, totals: Mapping[Scope, int]) -> QueueFilter:
    """The filter, in the tab that was asked for; without one, everybody begins with their work."""
    if asked.chosen or narrows(asked.filters):
        return asked.filters
    return replace(asked.filters, scope=first_tab(actor, totals))


def _page(filters: QueueFilter, found: list[QueueRow]) -> Page:
    """One case more than a page holds was read, on the side to which it was gone."""
    back, more = bool(filters.place and filters.place.back), len(found) > A_PAGE
    rows = found[-A_PAGE:] if back else found[:A_PAGE]
    if not rows:
        return Page([], None, None)
    earlier = more if back else filters.place is not None
    later = True if back else more
    return Page(
        rows,
        query_of(filters, place=replace(rows[0].place, back=True)) if earlier else None,
        query_of(filters, place=rows[-1].place) if later else None,
    )
