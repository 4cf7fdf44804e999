"""/desk/views: keeping the filter of the queue under a name, and what was kept."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from flask import Response, redirect, request

from engine.words import say
from procedures.authority import offices_where
from procedures.views import keeping
from procedures.views.keeping import SHARE, ViewRefused
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.desk.frame import READER, blueprint, show
from web.desk.pages.filters import kept_query, parse


@blueprint.get("/desk/views")
@policy(READER)
def list_views() -> Response:
    """The person's own views and those of their offices."""
    return _page()


@blueprint.post("/desk/views")
@policy(MAY("view.save"))
def save_view() -> Response:
    """Keep what the address of the queue asks for, without the words of a search, and go there."""
    asked = parse(dict(parse_qsl(request.form.get("query", ""))), today())
    query, office = kept_query(asked.filters), request.form.get("office") or None
    name = request.form.get("name", "")
    return _done(lambda *who: keeping.save(*who, name, query, office), f"/desk?{query}", "#name", name, query)


@blueprint.post("/desk/views/<view_id>/rename")
@policy(MAY("view.save"))
def rename_view(view_id: str) -> Response:
    """Another name."""
    name = request.form.get("name", "")
    return _done(lambda *who: keeping.rename(*who, view_id, name), "/desk/views", f"#name-{view_id}", name)


@blueprint.post("/desk/views/<view_id>/delete")
@policy(MAY("view.save"))
def delete_view(view_id: str) -> Response:
    """Not kept any more."""
    return _done(lambda *who: keeping.remove(*who, view_id), "/desk/views")


@blueprint.post("/desk/views/<view_id>/first")
@policy(MAY("view.save"))
def open_with_view(view_id: str) -> Response:
    """The queue opens with it from now on; pressed again, it opens with what waits, as it does by itself."""
    first = None if request.form.get("off") else view_id
    return _done(lambda *who: keeping.begin_with(*who, first), "/desk/views")


def _done(act: Callable[..., object], to: str, place: str = "", typed: str = "", query: str = "") -> Response:
    """Do it and go on; what was refused is told with what was typed."""
    try:
        with writing() as session:
            act(session, current_actor(), now())
    except ViewRefused as refused:
        problems = [(place, say(f"queue.view_{refused.what}", language(), most=keeping.MOST))]
        return _page(422, problems=problems, typed=typed, place=place, query=query)
    return redirect(to, 303)


def _page(
    status: int = 200, problems: list[tuple[str, str]] | None = None, typed: str = "", place: str = "", query: str = ""
) -> Response:
    actor = current_actor()
    with reading() as session:
        views = keeping.of(session, actor)
    return show(
        "views.html",
        status,
        views=views,
        problems=problems or [],
        typed=typed,
        place=place,
        query=query,
        manages=sorted(offices_where(actor, SHARE) - {"*"}),
    )
