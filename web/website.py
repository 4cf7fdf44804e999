"""The Flask application of the website: its answers, less the work that none of ours needs."""

import re
from typing import TYPE_CHECKING

from flask import Flask, Response
from werkzeug.datastructures import Headers
from werkzeug.urls import iri_to_uri

from web.incoming import Incoming

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from werkzeug.wrappers import Response as AnyResponse

# An address as it may stand in a header.
PLAIN = re.compile(r"[\w/=&.~:-]*(?:\?[\w/=&.~:-]+)?(?:#[\w/=&.~:-]+)?", re.ASCII)
WITHOUT_CONTENT = frozenset({100, 101, 204, 304})


class Answer(Response):
    """An answer of ours."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers as they are, where the length is known and `Location` was written by `Website.redirect`."""
        if "Content-Length" in self.headers and self.status_code not in WITHOUT_CONTENT:
            return self.headers
        return super().get_wsgi_headers(environ)


class Website(Flask):
    """The application."""

    request_class = Incoming
    response_class = Answer

    def redirect(self, location: str, code: int = 302) -> "AnyResponse":
        """On to another page, without a page that says so: every browser goes there by itself."""
        address = location if PLAIN.fullmatch(location) else iri_to_uri(location)
        return self.response_class("", code, {"Location": address})
