"""Answers only requests that were meant for us, by their `Host` header and address."""

from flask import request
from werkzeug.exceptions import BadRequest, NotFound

from web.api.problems import is_api
from web.settings import Settings

# A load balancer asks these by address, and they never build a link.
ADDRESSED_DIRECTLY = frozenset({"/healthz", "/readyz"})


def check_host(settings: Settings) -> None:
    """Raises BadRequest for an unknown `Host`."""
    if request.environ.get("HTTP_HOST", "").lower() not in settings.hosts and request.path not in ADDRESSED_DIRECTLY:
        raise BadRequest


def check_path() -> None:
    """Raises NotFound for an address with a NUL: no text of ours holds one, and PostgreSQL refuses to look for it.

    Of what clients of the API ask, the API itself says which parameter it is.
    """
    if "\0" in request.path or (b"%00" in request.query_string and not is_api()):
        raise NotFound
