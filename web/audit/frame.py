"""What every page of the auditor shares: its blueprint, and how it is drawn."""

from flask import Blueprint, Response, make_response, render_template

blueprint = Blueprint("audit", __name__)


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of the auditor."""
    return make_response(render_template(f"audit/{template}", here="audit", **values), status)
