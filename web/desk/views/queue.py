"""GET /desk: the queue, its tabs, its filters and the search."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from flask import Response, redirect, request

from procedures.actors import Actor
from procedures.authority import offices_where
from procedures.cases import QueueFilter, QueueRow, Scope, counts, queue, with_reference
from procedures.reading.choices import choices
from procedures.reading.counting import count
from procedures.views import keeping
from procedures.views.keeping import SHARE, View
from web.access import MAY, policy
from web.context import current_actor, language, reading, today
from web.desk.frame import READER, blueprint, just_done, show
from web.desk.pages.filters import STATUSES, Asked, kept_query, narrows, parse, query_of
from web.desk.pages.queue import counted, first_tab, line, tabs, told

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
    with reading() as session:
        views = keeping.of(session, actor)
        asked = parse(request.args or _first(views), day)
        if asked.filters.words and (case := with_reference(session, actor, asked.filters.words)):
            return redirect(f"/desk/cases/{case}", 302)
        totals = counts(session, actor, day)
        filters = _in_tab(asked, actor, totals)
        found = queue(session, actor, replace(filters, limit=A_PAGE + 1))
        offered = choices(session, actor, language())
        total = count(session, actor, filters) if narrows(filters) else totals[filters.scope]
    page = _page(filters, found)
    return show(
        "queue.html",
        status=422 if asked.refused else 200,
        asked=asked,
        filters=filters,
        done=just_done(),
        problems=told(asked.refused, language()),
        choices=offered,
        views=views,
        shown=kept_query(filters),
        manages=sorted(offices_where(actor, SHARE) - {"*"}),
        offices=sorted(offices_where(actor, "case.read")),
        statuses=STATUSES,
        tabs=tabs(filters, totals),
        narrowed=narrows(filters),
        query=query_of(filters),
        cleared=query_of(QueueFilter(day, filters.scope)),
        total=counted(total),
        lines=[line(row, actor, day) for row in page.rows],
        page=page,
    )


@blueprint.get("/desk/next")
@policy(MAY("case.claim"))
def open_next() -> Response:
    """The case that is due first among those that nobody has; the empty list where there is none."""
    with reading() as session:
        found = queue(session, current_actor(), QueueFilter(today(), "unassigned", limit=1))
    return redirect(f"/desk/cases/{found[0].application_id}" if found else "/desk?tab=unassigned", 302)


def _first(views: list[View]) -> dict[str, str]:
    """What the queue opens with for somebody who chose a view for it."""
    return next((dict(parse_qsl(view.query)) for view in views if view.first), {})


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
