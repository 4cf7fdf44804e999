"""What every page of a manager shares: its blueprint, who may use it, how it is drawn."""

from flask import Blueprint, Response, make_response, render_template, request

from web.access import MAY

blueprint = Blueprint("manage", __name__)

READERS = (MAY("person.read"), MAY("staff.read"))
DONE = frozenset({"given", "invited", "taken", "withdrawn", "ended"})
"""What a redirect may say was done; anything else in the address is ignored."""


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of a manager."""
    done = request.args.get("done", "")
    said = done if done in DONE else ""
    return make_response(render_template(f"manage/{template}", here="manage", done=said, **values), status)
