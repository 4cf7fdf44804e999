"""A draft begun before signing in, over real sockets: it follows its owner, and nobody else gets it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from procedures import library
from procedures.actors import SYSTEM
from tests.web.identity.conftest import Person, Place

Open = Callable[[], Person]
SPECS = Path("procedure_specs")


@pytest.fixture
def water(place: Place) -> str:
    """The procedure that needs no sign-in, published."""
    file = SPECS / "suido" / "water-service-start.yaml"
    concepts = (SPECS / "concepts.yaml").read_text(encoding="utf-8")
    with place.database.write() as session:
        library.publish(session, SYSTEM, datetime.now(UTC), file.read_text(encoding="utf-8"), str(file), concepts)
    return "/procedures/water-service-start"


def start(person: Person, procedure: str) -> str:
    """Begin without signing in; the address of the first screen."""
    page = person.get(procedure).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    sent = person.browser.post(
        f"{person.place.site}{procedure}/start", data={"csrf_token": token}, allow_redirects=False, timeout=10
    )
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]


def test_it_follows_its_owner(somebody: Open, water: str) -> None:
    hanako = somebody()
    screen = start(hanako, water)
    assert hanako.get(screen).status_code == 200
    hanako.sign_in("hanako")
    assert hanako.get(screen).status_code == 200
    assert screen.split("/")[2] in hanako.get("/applications").text


def test_on_another_device_it_is_there_too(somebody: Open, water: str) -> None:
    phone, desktop = somebody(), somebody()
    screen = start(phone, water)
    phone.sign_in("hanako")
    desktop.sign_in("hanako")
    assert desktop.get(screen).status_code == 200


def test_nobody_else_can_open_it_before_or_after(somebody: Open, water: str) -> None:
    hanako, taro, passer_by = somebody(), somebody(), somebody()
    screen = start(hanako, water)
    taro.sign_in("taro")
    for moment in ("before", "after"):
        for other in (taro, passer_by):
            answer: requests.Response = other.get(screen)
            assert answer.status_code == 404, moment
        hanako.sign_in("hanako")


def test_the_browser_forgets_it_after_signing_out(somebody: Open, water: str) -> None:
    hanako = somebody()
    screen = start(hanako, water)
    hanako.sign_in("hanako")
    hanako.browser.cookies.clear()
    assert hanako.get(screen).status_code == 404
