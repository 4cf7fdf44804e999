"""The website and the local issuer on real sockets, and people who go back and forth between them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from procedures.database import Database
from web import create_app
from web.identity.configuration import local_issuer
from web.issuer.serving import open_server
from web.settings import Settings


@contextmanager
def serving(server: BaseWSGIServer) -> Iterator[None]:
    """Serve in the background for as long as the block runs."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Place:
    """A running website with its issuer."""

    app: Flask
    site: str
    issuer: str
    database: Database
    settings: Settings


@pytest.fixture
def place(settings: Settings, database: Database) -> Iterator[Place]:
    """Website and issuer, each on a free port."""
    website = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    site = f"http://127.0.0.1:{website.port}"
    issuer = open_server("127.0.0.1", 0, site, settings.data_dir)
    address = f"http://127.0.0.1:{issuer.port}"
    here = Settings(public_url=site, data_dir=settings.data_dir, issuers=(local_issuer(address),))
    website.app = create_app(here, database)
    with serving(website), serving(issuer):
        yield Place(website.app, site, address, database, here)


class Person:
    """Somebody with a browser; no redirect is followed unless asked."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.browser = requests.Session()

    def get(self, address: str) -> requests.Response:
        """Fetch a page of the site (by path) or elsewhere (by address)."""
        whole = address if address.startswith("http") else self.place.site + address
        return self.browser.get(whole, allow_redirects=False, timeout=10)

    def leave(self, path: str = "/sign-in") -> str:
        """Start signing in; where the issuer's page is."""
        return self.get(path).headers["Location"]

    def choose(self, page: str, name: str) -> str:
        """Choose a name on the issuer's page; where it sends the browser back to."""
        sent = self.browser.post(page, data={"person": name}, allow_redirects=False, timeout=10)
        return sent.headers["Location"]

    def sign_in(self, name: str, path: str = "/sign-in") -> requests.Response:
        """All the way."""
        return self.get(self.choose(self.leave(path), name))

    @property
    def signed_in(self) -> bool:
        """Whether the site knows them."""
        return "ログアウト" in self.get("/sign-in/done").text


@pytest.fixture
def somebody(place: Place) -> Callable[[], Person]:
    """A fresh browser."""
    return lambda: Person(place)


def query(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
