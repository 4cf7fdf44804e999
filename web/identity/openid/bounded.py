"""What an issuer may answer at most: so many bytes within so many seconds, however it drips them."""

from time import monotonic
from typing import Any

from requests import ConnectionError as Unreachable
from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

LONGEST = 512 * 1024
"""Bytes, unpacked: descriptions, keys, tokens and claims take a hundredth of it."""
PATIENCE = 15.0
"""Seconds for a whole answer. One process serves one person at a time: who waits here keeps everybody waiting."""
AT_ONCE = 16 * 1024


class Bounded(HTTPAdapter):
    """Reads an answer to its end before anybody sees it; what is too long or too slow is as if nobody had answered."""

    def send(self, request: PreparedRequest, *about: Any, **more: Any) -> Response:
        """See the library; raises `requests.ConnectionError`."""
        until = monotonic() + PATIENCE
        response = super().send(request, *about, **{**more, "stream": True})
        content = bytearray()
        try:
            while piece := response.raw.read1(AT_ONCE, decode_content=True):
                content += piece
                if len(content) > LONGEST or monotonic() > until:
                    raise Unreachable("the answer has no end", request=request)
        except HTTPError as error:
            raise Unreachable(type(error).__name__, request=request) from error
        finally:
            response.close()
        response._content = bytes(content)  # noqa: SLF001 - as the library itself keeps what it has read
        response._content_consumed = True  # type: ignore[attr-defined] # noqa: SLF001
        return response


def bound(session: Session) -> Session:
    """Let the session speak to issuers in this way alone, and follow few redirects."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, Bounded())
    session.max_redirects = 3
    return session
