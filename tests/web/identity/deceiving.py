"""A website that signs people in at a liar."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import requests
from werkzeug.serving import make_server

from tests.web.identity.conftest import Person, Place, query, serving
from tests.web.identity.liar import Liar
from web import create_app
from web.identity.configuration import IssuerSettings


@pytest.fixture
def liar() -> Iterator[Liar]:
    found = Liar()
    server = make_server("127.0.0.1", 0, found.app(), threaded=True)
    found.address = f"http://127.0.0.1:{server.port}"
    with serving(server):
        yield found


@pytest.fixture
def deceived(place: Place, liar: Liar) -> Callable[[], tuple[Person, requests.Response]]:
    """Signs in at the liar; the person and the page they end at."""
    issuer = IssuerSettings(id="liar", title=place.settings.issuers[0].title, issuer=liar.address)
    site = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    address = f"http://127.0.0.1:{site.port}"
    settings = replace(place.settings, public_url=address, issuers=(issuer,))
    site.app = create_app(settings, place.database)

    def attempt(path: str = "/sign-in") -> tuple[Person, requests.Response]:
        person = Person(replace(place, site=address))
        departed = person.get(path)
        if departed.status_code != 302:
            return person, departed
        asked = query(departed.headers["Location"])
        liar.nonce = asked["nonce"]
        return person, person.get(f"/sign-in/liar/callback?code=c&state={asked['state']}")

    with serving(site):
        yield attempt
