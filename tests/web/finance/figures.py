"""Reading figures off finance's pages, and following them to what they are made of."""

import re
from collections.abc import Iterator

from werkzeug.test import TestResponse

from tests.web.browsing import Browser
from tests.web.client import read

YEN = re.compile(r"(-?[0-9,]+)円")


def yen_in(text: str) -> int:
    """The amount in a piece of text."""
    found = YEN.search(text)
    assert found, text
    return int(found[1].replace(",", ""))


def linked(page: TestResponse) -> Iterator[tuple[int, str]]:
    """Every figure of a page's tables and cards that leads to entries: its yen, and the address."""
    for link in read(page).all("a"):
        address = link.attributes.get("href") or ""
        if address.startswith("/finance/entries?") and YEN.search(link.text):
            yield yen_in(link.text), address


def sum_on(page: TestResponse) -> int:
    """The sum that stands on top of a page of entries or charges."""
    found = [node for node in read(page).all("p") if node.attributes.get("class") == "sum"]
    return yen_in(found[0].text) if found else 0


def follows(person: Browser, yen: int, address: str) -> None:
    """The page behind a figure shows the same amount."""
    page = person.get(address)
    assert page.status_code == 200, address
    assert sum_on(page) == yen, address


def cards(page: TestResponse) -> dict[str, tuple[str, str]]:
    """The cards of the front page: title → (what it says in large, address)."""
    found = {}
    for card in (node for node in read(page).all("li") if node.all("strong")):
        link = card.all("a")[0]
        found[link.text.strip()] = (card.all("strong")[0].text.strip(), link.attributes["href"] or "")
    return found
