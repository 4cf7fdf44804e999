"""What every page of the operator shares: its blueprint, who may use it, how it is drawn."""

from flask import Blueprint, Response, make_response, render_template

from web.access import ROLE

blueprint = Blueprint("operator", __name__)

OPERATOR = ROLE("operator")


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of the operator."""
    return make_response(render_template(f"operator/{template}", here="operator", **values), status)
