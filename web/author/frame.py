"""What every page of the authors shares: its blueprint, who may use it, how it is drawn."""

from flask import Blueprint, Response, make_response, render_template

from web.access import MAY

blueprint = Blueprint("author", __name__)

READER = MAY("author.read")


def show(template: str, **values: object) -> Response:
    """A page of the authors."""
    return make_response(render_template(f"author/{template}", here="author", **values))
