"""`expand`: ids in an answer replaced by the resources themselves."""

from collections.abc import Mapping
from typing import Any

from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import invalid
from payments.sandbox.wire.pages import page

DEEPEST = 4


def expanded(sandbox: Sandbox, body: Body, parameters: Mapping[str, Any]) -> Body:
    """The body with every id that `expand[]` names replaced by the resource itself."""
    paths = parameters.get("expand", [])
    if not isinstance(paths, list):
        raise invalid("expand", "Invalid array")
    for path in paths:
        steps = str(path).split(".")
        if len(steps) > DEEPEST + (steps[0] == "data"):
            raise invalid("expand", f"You cannot expand more than {DEEPEST} levels of a property ({path}).")
        _expand(sandbox, body, steps, path)
    return body


def _expand(sandbox: Sandbox, node: Any, steps: list[str], path: str) -> None:
    if isinstance(node, list):
        for entry in node:
            _expand(sandbox, entry, steps, path)
        return
    name, rest = steps[0], steps[1:]
    if not isinstance(node, dict):
        raise invalid("expand", f"This property cannot be expanded ({path}).")
    if node.get("object") == "checkout.session" and name == "line_items":
        node[name] = line_items_of(sandbox, node["id"])
    if name not in node:
        if node.get("object") in _MAY_LACK and name in _MAY_LACK[node["object"]]:
            return
        raise invalid("expand", f"This property cannot be expanded ({path}).")
    if isinstance(node[name], str):
        found = sandbox.store.find(node[name])
        if found is None:
            raise invalid("expand", f"This property cannot be expanded ({path}).")
        node[name] = found
    if rest and node[name] is not None:
        _expand(sandbox, node[name], rest, path)


# What can be expanded but is there in some states only.
_MAY_LACK: Mapping[str, frozenset[str]] = {"refund": frozenset({"failure_balance_transaction"})}


def line_items_of(sandbox: Sandbox, session_id: str, parameters: Mapping[str, Any] | None = None) -> Body:
    """The session's lines as a list, in the order in which they were given."""
    private = sandbox.store.setting(f"session.{session_id}", {})
    return page(private.get("items", []), f"/v1/checkout/sessions/{session_id}/line_items", parameters or {})
