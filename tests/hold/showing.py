"""The kept pages, served to real browsers: each under its own name, with the site's styles, scripts and pictures."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.hold.world import World

PREFIX = "/snapshots/"


class Silent(WSGIRequestHandler):
    """Says nothing about requests."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Not needed."""


@contextmanager
def shown(world: World) -> Iterator[str]:
    """The address under which `<name>` of each snapshot stands."""
    by_name = {page.name: page.html.encode() for page in world.album.pages.values()}

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(PREFIX):
            return world.app({**environ, "HTTP_HOST": "localhost"}, start)
        # without the site's policy for content, so that axe can be put into the page
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [by_name[path.removeprefix(PREFIX)]]

    server = make_server("127.0.0.1", 0, serve, threaded=True, request_handler=Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.port}{PREFIX}"
    finally:
        server.shutdown()
        server.server_close()
