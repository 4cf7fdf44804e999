"""GET /desk: the queue, its tabs and the search by reference."""

from collections.abc import Mapping

from flask import Response, redirect, request

from procedures.actors import Actor
from procedures.cases import QueueFilter, Scope, counts, queue
from procedures.reading.queues import READERS
from web.access import policy
from web.context import current_actor, reading, today
from web.desk.frame import APPROVER, CLERK, blueprint, show
from web.desk.pages.queue import TABS, Tab, first_tab, line

A_PAGE = 50
LAST_PAGE = 2_000
LONGEST = 60  # characters of a search that are looked at


@blueprint.get("/desk")
@policy(CLERK, APPROVER)
def show_queue() -> Response:
    """One tab of the queue; with `reference`, the way to that case."""
    actor, day = current_actor(), today()
    wanted = request.args.get("reference", "").strip()[:LONGEST]
    with reading() as session:
        if wanted and (found := queue(session, actor, QueueFilter(day, reference=wanted, limit=1))):
            return redirect(f"/desk/cases/{found[0].application_id}", 302)
        totals = counts(session, actor, day)
        current, page = _tab(actor, totals), _page_number()
        rows = queue(session, actor, QueueFilter(day, current, limit=A_PAGE + 1, offset=(page - 1) * A_PAGE))
    return show(
        "queue.html",
        status=404 if wanted else 200,
        wanted=wanted,
        offices=sorted(actor.offices_as(*READERS)),
        tabs=[Tab(key, totals.get(key, 0), key == current) for key in TABS],
        current=current,
        total=totals.get(current, 0),
        late=totals.get("late", 0),
        lines=[line(row, actor, day) for row in rows[:A_PAGE]],
        page=page,
        more=len(rows) > A_PAGE,
    )


def _tab(actor: Actor, totals: Mapping[Scope, int]) -> Scope:
    asked = request.args.get("tab", "")
    return next((tab for tab in TABS if tab == asked), None) or first_tab(actor, totals)


def _page_number() -> int:
    """The page asked for; the first for anything that is no page."""
    asked = request.args.get("page", "1")
    return min(int(asked), LAST_PAGE) if asked.isascii() and asked.isdigit() and int(asked) > 0 else 1
