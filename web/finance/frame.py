"""What every page of finance shares: its blueprint, who may use it, how it is drawn."""

from flask import Blueprint, Response, make_response, render_template

from web.access import ROLE

blueprint = Blueprint("finance", __name__)

FINANCE = ROLE("finance")


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of finance."""
    return make_response(render_template(f"finance/{template}", here="finance", **values), status)
