"""One person's way through a small procedure, told in a file: what they answer, press and see, in its order."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.web.client import form_values, main_form
from tests.web.residents.applicant import Applicant

Step = Mapping[str, Any]


class Walk:
    """Goes a way step by step. Each method is a verb of the files; it fails where the page says otherwise."""

    def __init__(self, person: Applicant, procedure: str) -> None:
        self.person = person
        self.application = f"/applications/{person.start(procedure)}"
        if "/steps/" not in person.at:
            person.press("手続を始める")  # the list of tasks of a long procedure

    def go(self, way: Sequence[Step]) -> None:
        """The whole way. A step is one verb with what it is about."""
        for number, step in enumerate(way, start=1):
            ((verb, about),) = step.items()
            try:
                getattr(self, verb)(about)
            except AssertionError as error:
                raise AssertionError(f"step {number}, {verb} {about!r}, at {self.person.at}: {error}") from error

    def answer(self, texts: Mapping[str, Any] | None) -> None:
        """Fill in what is named, leave the rest as it stands, and press the button."""
        offered = {node.attributes.get("name") for node in main_form(self.person.tree).all(*ASKING)}
        unknown = {name for name in texts or () if name not in offered}
        assert not unknown, f"the page does not ask {sorted(unknown)}, but {sorted(filter(None, offered))}"
        self.person.send({name: texts[name] for name in texts} if texts else None)

    def sends(self, texts: Mapping[str, Any]) -> None:
        """Fill in also what the page does not ask."""
        self.person.send(texts)

    def press(self, words: str) -> None:
        """Follow a link."""
        self.person.press(words)

    def back(self, _: None) -> None:
        """Follow the link back."""
        self.person.press("戻る")

    def open(self, place: str) -> None:
        """Go to a page of the application, wherever that leads."""
        self.person.open(f"{self.application}/{place}".rstrip("/"))

    def submit(self, _: None) -> None:
        """Send the application from the check page."""
        self.person.send(form="/check")

    def language(self, language: str) -> None:
        """From now on in another language."""
        self.person.client.set_cookie("tetsuzuki_language", language)
        self.person.open(self.person.at)

    def at(self, place: str) -> None:
        """Where one is, below the application."""
        here = self.person.at.removeprefix(self.application).strip("/")
        assert here == place, here

    def heading(self, words: str) -> None:
        """What the page is called."""
        assert self.person.heading == words, self.person.heading

    def sees(self, words: str | Sequence[str]) -> None:
        """What stands on the page."""
        for one in _several(words):
            assert one in self.person.main, f"{one!r} is not there: {self.person.main}"

    def misses(self, words: str | Sequence[str]) -> None:
        """What does not stand on the page."""
        for one in _several(words):
            assert one not in self.person.main, f"{one!r} is there: {self.person.main}"

    def refused(self, words: str | Sequence[str]) -> None:
        """The page again, with exactly these mistakes in its summary."""
        assert self.person.page is not None
        assert self.person.page.status_code == 422, self.person.page.status_code
        assert self.person.problems == _several(words), self.person.problems

    def holds(self, texts: Mapping[str, str | Sequence[str]]) -> None:
        """What stands in inputs, chosen or typed."""
        values = form_values(main_form(self.person.tree))
        for name, expected in texts.items():
            assert values.get(name, []) == _several(expected), values.get(name)

    def asks(self, names: Sequence[str]) -> None:
        """What the page asks: the names of its inputs, each once, in their order."""
        names_here = [node.attributes.get("name", "") for node in main_form(self.person.tree).all(*ASKING)]
        asked = [name for name in dict.fromkeys(names_here) if name not in UNASKED and ":" not in name]
        assert asked == list(names), asked

    def lost(self, place: str) -> None:
        """A page that there is not."""
        assert self.person.get(f"{self.application}/{place}").status_code == 404


ASKING = ("input", "select", "textarea")
UNASKED = frozenset({"csrf_token", "seen", "told", "revision"})


def _several(words: str | Sequence[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)
