"""Somebody at a phone: opens, types, chooses, presses, and looks critically at every page that comes."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.browser.look import faults
from tests.browser.plain import Plain, plain

CSP = "content-security-policy"
NO_STORE = "cache-control"
NOTHING_ON_ITS_WAY = """() => ![...document.querySelectorAll(".files .linklike")]
  .some((button) => /^(やめる|Cancel)/.test(button.textContent.trim()))"""


@dataclass
class Person:
    """A browser context with one open page. Every page that `look` sees is checked; faults are kept and raised."""

    context: BrowserContext
    name: str = ""
    scripts: bool = True
    site: str = ""
    page: Page = field(init=False)
    answers: list[tuple[str, str, int]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("console", lambda line: self._said(line.type, line.text))

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.answers.append((response.request.method, response.url, response.status))

    def _said(self, kind: str, text: str) -> None:
        expected = "Failed to load resource" in text  # what a 4xx page always says; its status is asserted instead
        if kind in {"error", "warning"} and not expected:
            self.complaints.append(f"console {kind}: {text}")

    @property
    def status(self) -> int:
        """Of the last page."""
        return self.answers[-1][2]

    def open(self, path: str, status: int = 200) -> None:
        """Go to an address."""
        self.page.goto(path)
        self.look(status)

    def look(self, status: int = 200) -> None:
        """The page has this status and no fault."""
        self.page.wait_for_load_state()
        assert self.status == status, f"{self.page.url}: {self.status}, expected {status}\n{self.text[:1500]}"
        if self.scripts:
            wrong = [*self.complaints, *faults(self.page)]
            self.complaints.clear()
            assert not wrong, "\n".join([f"{self.page.url} ({self.page.title()})", *wrong])

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    @property
    def path(self) -> str:
        """Where we are, without host."""
        return "/" + self.page.url.split("/", 3)[3]

    def leave_by(self, way: Locator) -> None:
        """Click it, and be on the page that it leads to: a busy browser comes back before it is there."""
        with self.page.expect_navigation():
            way.click()

    def press(self, words: str, status: int = 200) -> None:
        """Press the button that says `words`; look at what comes."""
        self.leave_by(self.page.get_by_role("button", name=words, exact=True).first)
        self.look(status)

    def follow(self, words: str, status: int = 200) -> None:
        """Follow the link that says `words`; look at what comes."""
        self.leave_by(self.page.get_by_role("link", name=words, exact=True).first)
        self.look(status)

    def go_on(self, status: int = 200) -> None:
        """Press the main button of the page."""
        self.leave_by(self.page.locator("main .actions button.button:not(.second)").first)
        self.look(status)

    def choose(self, name: str, value: str, status: int = 200) -> None:
        """Press the button that sends this value."""
        self.leave_by(self.page.locator(f'button[name="{name}"][value="{value}"]'))
        self.look(status)

    @contextmanager
    def unseen(self) -> Iterator[Plain]:
        """Do what the story only needs to have happened; the page that it leads to, if to any, is then open."""
        with plain(self.context, self.site, self.name) as somebody:
            yield somebody
        if somebody.there.page:
            self.open(somebody.path)

    def sign_in(self) -> None:
        """Through the local issuer, as the person named."""
        self.open("/sign-in")
        self.choose("person", self.name)

    def type(self, answers: Mapping[str, str | Iterable[str]]) -> None:
        """Answer inputs by their names: text is typed, choices are ticked, options selected, files attached."""
        for name, answer in answers.items():
            self._answer(name, answer)

    def _answer(self, name: str, answer: str | Iterable[str]) -> None:
        inputs = self.page.locator(f'main [name="{name}"]')
        first = inputs.first
        kind = first.evaluate("(one) => one.type") if self.scripts else first.get_attribute("type")
        if kind in {"radio", "checkbox"}:
            for value in [answer] if isinstance(answer, str) else answer:
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif kind == "file":
            first.set_input_files(answer if isinstance(answer, str | Path) else [str(path) for path in answer])
            if self.scripts:
                self.page.wait_for_function(NOTHING_ON_ITS_WAY)
        elif first.evaluate("(one) => one.tagName") == "SELECT":
            first.select_option(answer)
        else:
            first.fill(answer)

    def typed(self, name: str) -> str:
        """What stands in an input."""
        return self.page.locator(f'main [name="{name}"]').first.input_value()

    def sees(self, *words: str) -> None:
        """Each of `words` stands on the page."""
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word)

    def sees_not(self, *words: str) -> None:
        """None of `words` stands on the page."""
        for word in words:
            assert word not in self.text, f"{self.page.url} shows {word!r}"
