"""Lists in pages: `limit`, `starting_after`, `ending_before`, and the times within which something happened."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from payments.sandbox.store import Body, Store, conditions
from payments.sandbox.wire.errors import invalid, no_such
from payments.sandbox.wire.forms import integer

LIST_PARAMETERS = ("limit", "starting_after", "ending_before", "expand", "created")
_BOUNDS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def page_of(
    store: Store,
    kind: str,
    url: str,
    parameters: Mapping[str, Any],
    where: Mapping[str, Any],
    more: Sequence[tuple[str, Any]] = (),
) -> Body:
    """One page of a kind, the latest first, whose fields equal `where` and for which `more` SQL terms hold."""
    limit = limit_of(parameters)
    terms, values = conditions(where)
    for term, value in [*more, *within("created", parameters.get("created"))]:
        terms.append(term)
        values.append(value)
    before = parameters.get("ending_before")
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in parameters:
            terms.append(f"seq {sign} ?")
            values.append(_place(store, kind, parameters[name], name))
    rows = store.select(kind, terms, values, limit=limit + 1, oldest=before is not None)
    shown = rows[:limit]
    return as_list(shown[::-1] if before is not None else shown, url, more=len(rows) > limit)


def page(items: Sequence[Body], url: str, parameters: Mapping[str, Any]) -> Body:
    """One page of `items` in their order."""
    limit = limit_of(parameters)
    ids = [item["id"] for item in items]
    if "starting_after" in parameters:
        items = items[_index(ids, parameters["starting_after"], "starting_after") + 1 :]
    elif "ending_before" in parameters:
        before = items[: _index(ids, parameters["ending_before"], "ending_before")]
        return as_list(before[-limit:], url, more=len(before) > limit)
    return as_list(items[:limit], url, more=len(items) > limit)


def limit_of(parameters: Mapping[str, Any]) -> int:
    """How many at once: 1–100, ten if not said."""
    return integer(parameters["limit"], "limit", least=1, most=100) if "limit" in parameters else 10


def as_list(rows: Sequence[Body], url: str, *, more: bool) -> Body:
    """A list as Stripe wraps it."""
    return {"object": "list", "data": list(rows), "has_more": more, "url": url}


def within(name: str, asked: Any) -> Iterator[tuple[str, int]]:
    """SQL terms and their values for a second that is given exactly, or by bounds (gt, gte, lt, lte)."""
    column = "created" if name == "created" else f"body ->> '{name}'"
    if asked is None:
        return
    if isinstance(asked, str):
        yield f"{column} = ?", integer(asked, name)
        return
    for bound, value in asked.items():
        if bound not in _BOUNDS:
            raise invalid(name, f"Invalid {name}: use gt, gte, lt, lte.")
        yield f"{column} {_BOUNDS[bound]} ?", integer(value, f"{name}[{bound}]")


def _place(store: Store, kind: str, wanted: Any, param: str) -> int:
    place = store.place(str(wanted), kind)
    if place is None:
        raise no_such(kind, str(wanted), param)
    return place


def _index(ids: Sequence[str], wanted: str, param: str) -> int:
    try:
        return ids.index(wanted)
    except ValueError:
        raise no_such("object", wanted, param) from None
