"""How bodies are answered: `expand`, and lists in pages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from payments.sandbox.api.forms import integer
from payments.sandbox.errors import invalid, no_such
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body

LIST_PARAMETERS = ("limit", "starting_after", "ending_before", "expand", "created")


def page(items: Sequence[Body], url: str, parameters: Mapping[str, Any]) -> Body:
    """One page of `items`, which come newest first; `limit` 1–100, ten if not said."""
    limit = integer(parameters["limit"], "limit", least=1, most=100) if "limit" in parameters else 10
    within = _created_within(parameters.get("created"))
    rows = [item for item in items if within(item.get("created", 0))]
    ids = [item["id"] for item in rows]
    if "starting_after" in parameters:
        rows = rows[_place(ids, parameters["starting_after"], "starting_after") + 1 :]
    elif "ending_before" in parameters:
        before = rows[: _place(ids, parameters["ending_before"], "ending_before")]
        return _list(before[-limit:], url, more=len(before) > limit)
    return _list(rows[:limit], url, more=len(rows) > limit)


def _list(rows: Sequence[Body], url: str, *, more: bool) -> Body:
    return {"object": "list", "data": list(rows), "has_more": more, "url": url}


def _place(ids: Sequence[str], wanted: str, param: str) -> int:
    try:
        return ids.index(wanted)
    except ValueError:
        raise no_such("object", wanted, param) from None


def _created_within(created: Any) -> Callable[[int], bool]:
    if created is None:
        return lambda _: True
    if isinstance(created, str):
        exact = integer(created, "created")
        return lambda second: second == exact
    limits = {name: integer(value, f"created[{name}]") for name, value in created.items()}
    if set(limits) - {"gt", "gte", "lt", "lte"}:
        raise invalid("created", "Invalid created: use gt, gte, lt, lte.")
    return lambda second: (
        second > limits.get("gt", second - 1)
        and second >= limits.get("gte", second)
        and second < limits.get("lt", second + 1)
        and second <= limits.get("lte", second)
    )


def expanded(sandbox: Sandbox, body: Body, parameters: Mapping[str, Any]) -> Body:
    """The body with every id that `expand[]` names replaced by the resource itself."""
    for path in parameters.get("expand", []):
        _expand(sandbox, body, path.split("."), path)
    return body


def _expand(sandbox: Sandbox, node: Any, steps: list[str], path: str) -> None:
    if isinstance(node, list):
        for entry in node:
            _expand(sandbox, entry, steps, path)
        return
    name, rest = steps[0], steps[1:]
    if node.get("object") == "checkout.session" and name == "line_items":
        node[name] = line_items_of(sandbox, node["id"])
    if name not in node:
        raise invalid("expand", f"This property cannot be expanded ({path}).")
    if isinstance(node[name], str):
        found = sandbox.store.find(node[name])
        if found is None:
            raise invalid("expand", f"This property cannot be expanded ({path}).")
        node[name] = found
    if rest and node[name] is not None:
        _expand(sandbox, node[name], rest, path)


def line_items_of(sandbox: Sandbox, session_id: str, parameters: Mapping[str, Any] | None = None) -> Body:
    """The session's lines as a list, in the order in which they were given."""
    private = sandbox.store.setting(f"session.{session_id}", {})
    return page(private.get("items", []), f"/v1/checkout/sessions/{session_id}/line_items", parameters or {})
