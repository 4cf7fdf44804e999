"""Somebody whom no browser draws pages for: does what a story only needs to have happened, in a tenth of the time."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin

from playwright.sync_api import BrowserContext

from tests.crash import person
from tests.web.client import Node, form_values


@dataclass
class Plain:
    """As `tests.browser.person.Person`, without looks: types, presses buttons, follows links."""

    there: person.Person
    _typed: dict[str, list[str]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where we are, without host."""
        return self.there.page.path

    @property
    def main(self) -> Node:
        """What the page is about."""
        return self.there.tree.all("main")[0]

    def open(self, path: str, status: int = 200) -> None:
        """Go to an address."""
        self.there.get(path)
        self._look(status)

    def type(self, answers: Mapping[str, str | Iterable[str]]) -> None:
        """Answer inputs by their names."""
        for name, answer in answers.items():
            self._typed[name] = [answer] if isinstance(answer, str) else list(answer)

    def go_on(self, status: int = 200) -> None:
        """Press the main button of the page."""
        actions = (node for node in self.main if "actions" in node.attributes.get("class", "").split())
        buttons = [button for node in actions for button in node.all("button")]
        self._press(next(one for one in buttons if "second" not in one.attributes.get("class", "").split()), status)

    def press(self, words: str, status: int = 200) -> None:
        """Press the button that says `words`."""
        self._press(next(one for one in self.main.all("button") if one.said == words), status)

    def follow(self, words: str, status: int = 200) -> None:
        """Follow the link that says `words`."""
        link = next(one for one in self.main.all("a") if one.said == words)
        self.open(urljoin(self.path, link.attributes["href"]), status)

    def sees(self, *words: str) -> None:
        """Each of `words` stands on the page."""
        assert [word for word in words if word not in self.main.said] == []

    def _press(self, button: Node, status: int) -> None:
        form = next(node for node in button.above if node.tag == "form")
        names = {node.attributes.get("name") for node in form.all("input") if node.attributes.get("type") == "file"}
        files = [
            (name, Path(file).name, Path(file).read_bytes()) for name in names for file in self._typed.pop(name, [])
        ]
        values = {**form_values(form), **self._typed}
        if name := button.attributes.get("name"):
            values[name] = [button.attributes.get("value", "")]
        address = urljoin(self.path, button.attributes.get("formaction") or form.attributes.get("action", ""))
        self._typed.clear()
        if form.attributes.get("method", "get") == "get":
            self.there.get(f"{address}?{urlencode(values, doseq=True)}")
        else:
            self.there.land(self.there.post(address, values, files or [("nothing", "", b"")] * bool(names)))
        self._look(status)

    def _look(self, status: int) -> None:
        page = self.there.page
        assert page.status == status, f"{page.path}: {page.status}, expected {status}\n{self.main.said[:1500]}"


@contextmanager
def plain(context: BrowserContext, site: str, name: str) -> Iterator[Plain]:
    """Who this browser is (its cookies, both ways), while the block lasts."""
    there = person.Person(site, name)
    for cookie in context.cookies(site):
        there.session.cookies.set(cookie["name"], cookie["value"], domain=cookie["domain"], path=cookie["path"])
    yield Plain(there)
    context.add_cookies([{"name": one.name, "value": one.value, "url": site} for one in there.session.cookies])
