"""The blueprint of public pages; the modules imported at the end hang their views on it."""

from flask import Blueprint, Response

blueprint = Blueprint("public", __name__)


@blueprint.after_request
def unlisted(response: Response) -> Response:
    """No page of these belongs into a search engine, and none is told elsewhere as where somebody came from."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


from web.public import paying, verifying  # noqa: E402 - each of them needs the blueprint above

__all__ = ["blueprint", "paying", "verifying"]
