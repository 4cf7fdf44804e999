"""`/v2/core/events`: thin events, retrieved and listed as version 2 of Stripe's API does."""

import base64
from datetime import datetime
from typing import Any

from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.event import snapshot_id, thin_event
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import ApiError, invalid, no_such
from payments.sandbox.wire.forms import only
from payments.sandbox.wire.pages import limit_of

LIST_PARAMETERS = ("created", "limit", "object_id", "page", "types")
URL = "/v2/core/events"
_BOUNDS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def retrieve(sandbox: Sandbox, parameters: dict[str, Any], event_id: str) -> Body:
    """One thin event."""
    only(parameters, ())
    snapshot = sandbox.store.find(snapshot_id(event_id))
    if snapshot is None or snapshot["object"] != "event":
        raise ApiError(404, f"No such event: '{event_id}'", code="not_found")
    return thin_event(snapshot)


def list_all(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """Thin events, the latest first; by what they are about, by type, by time; pages by a token."""
    only(parameters, LIST_PARAMETERS)
    limit = limit_of(parameters)
    terms: list[str] = []
    values: list[Any] = []
    for name, term in (("object_id", "body ->> '$.data.object.id' = ?"), ("page", "seq < ?")):
        if name in parameters:
            terms.append(term)
            values.append(_place(parameters[name]) if name == "page" else parameters[name])
    if "types" in parameters:
        marks = ", ".join("?" for _ in parameters["types"])
        terms.append(f"body ->> 'type' IN ({marks})")
        values.extend(str(kind).removeprefix("v1.") for kind in parameters["types"])
    for bound, moment in (parameters.get("created") or {}).items():
        if bound not in _BOUNDS:
            raise invalid("created", "Invalid created: use gt, gte, lt, lte.")
        terms.append(f"created {_BOUNDS[bound]} ?")
        values.append(_second(moment, f"created[{bound}]"))
    rows = sandbox.store.select("event", terms, values, limit=limit + 1)
    following = None
    if len(rows) > limit:
        place = sandbox.store.place(rows[limit - 1]["id"], "event")
        following = f"{URL}?limit={limit}&page={base64.urlsafe_b64encode(str(place).encode()).decode()}"
    return {"data": [thin_event(row) for row in rows[:limit]], "next_page_url": following, "previous_page_url": None}


def _place(token: Any) -> int:
    try:
        return int(base64.urlsafe_b64decode(str(token).encode()))
    except ValueError:
        raise no_such("page", str(token), "page") from None


def _second(moment: Any, param: str) -> float:
    try:
        return datetime.fromisoformat(str(moment)).timestamp()
    except ValueError:
        raise invalid(param, f"Invalid timestamp: {moment}") from None
