"""Follows every link of the site as one person, and sends its forms of questions with nothing and with rubbish."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.hold.snapshots import Album, shape
from tests.web.browsing import Browser
from tests.web.client import Node, faults, form_values, main_form, read

MOST = 4_000
QUESTIONS = "/steps/"
DAYS = 12  # of a calendar that links to the day before for ever
FIGURES = 15  # of what finance's figures are made of, each a selection of its own
RUBBISH = "٣\u202e𠮷葛󠄀👩\u200d👩\u200d👧" + "あ" * 1_000
OUTSIDE = ("/sign-in?", "/sign-in/", "/static/")  # to an issuer, and what is no page
FINE = frozenset({200, 204, 303, 302, 422})
WORDS_OF_THE_MACHINE = ("Traceback", "KeyError", "sqlalchemy", "jinja2", "None</", "undefined")


@dataclass
class Crawler:
    """One person's way through everything that links lead to. What is wrong is collected in `found`."""

    app: Flask
    person: str
    browser: Browser
    album: Album
    alike: int = MOST  # pages of one rule are enough; those of questions are all different
    found: list[str] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)
    times: Counter[str] = field(default_factory=Counter)
    probed: set[tuple[str, ...]] = field(default_factory=set)

    def crawl(self, starts: Iterable[str]) -> None:
        """From `starts` wherever one can go."""
        waiting = deque(starts)
        while waiting:
            path = waiting.popleft()
            if path in self.visited or self._enough(path):
                continue
            self.visited.add(path)
            if len(self.visited) > MOST:
                raise AssertionError(f"{self.person} finds no end; the last page was {path}")
            page = self.browser.get(path)
            self._judge(page, FINE)
            if page.status_code in {302, 303} and page.headers["Location"].startswith("/"):
                waiting.append(_local(path, page.headers["Location"]))
            elif page.mimetype == "text/html" and page.status_code == 200:
                waiting.extend(self._links(page))

    def _enough(self, path: str) -> bool:
        rule = self._rule(path.partition("?")[0])
        self.times[rule] += 1
        many = DAYS if "<day" in rule or "<period" in rule else FIGURES if rule.startswith("/finance") else MOST
        if self.times[rule] > self.alike and QUESTIONS not in rule:
            return True
        return ("?" in path or "<day" in rule or "<period" in rule) and self.times[rule] > many

    def probe(self, path: str) -> None:
        """Send the questions of a page with nothing, and with rubbish: it is refused in words, or taken.

        Where pages alike are enough, only what asks in a way that was not probed yet.
        """
        page = self.browser.get(path)
        if page.status_code != 200 or page.mimetype != "text/html":
            return
        form = main_form(read(page))
        if self.alike < MOST and shape(form) <= self.probed:
            return
        self.probed |= shape(form)
        action = form.attributes.get("action") or path
        kind = form.attributes.get("enctype", "application/x-www-form-urlencoded")
        for values in (_filled(form, ""), _filled(form, RUBBISH)):
            self._judge(self.browser.post(action, values, content_type=kind), FINE)

    def _judge(self, page: TestResponse, fine: frozenset[int]) -> None:
        here = f"{self.person} at {page.request.full_path} ({page.status_code})"
        if page.status_code not in fine:
            self.found.append(f"{here}: {page.text[:200] if page.mimetype == 'text/html' else page.mimetype}")
        if page.mimetype != "text/html" or page.status_code in {302, 303} or not page.data:
            page.close()  # a file is sent as a stream
            return
        self.found += [f"{here}: {fault}" for fault in faults(page)]
        self.found += [f"{here}: says {word!r}" for word in WORDS_OF_THE_MACHINE if word in page.text]
        self.album.add(self.person, self._rule(page.request.path), page)

    def _links(self, page: TestResponse) -> Iterator[str]:
        for node in read(page).all("a", "img"):
            target = node.attributes.get("href") or node.attributes.get("src", "")
            path = _local(page.request.full_path, target)
            if path and not f"{path}?".startswith(OUTSIDE):
                yield path

    def _rule(self, path: str) -> str:
        try:
            return self.app.url_map.bind("localhost").match(path, return_rule=True)[0].rule
        except HTTPException:
            return "nowhere"


def _local(base: str, target: str) -> str:
    """The path and query that a link leads to; empty for another site or another kind of link."""
    parts = urlsplit(urljoin(f"http://localhost{base}", target))
    if parts.netloc != "localhost":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _filled(form: Node, text: str) -> dict[str, list[str]]:
    """What is sent when everything that one types in holds `text`, the first of it ten times as much."""
    values, longest = form_values(form), text * 10
    for node in form.all("input", "textarea"):
        name, kind = node.attributes.get("name"), node.attributes.get("type", "text")
        if name and kind not in {"hidden", "file", "radio", "checkbox", "submit"}:
            values[name], longest = [longest], text
    return values
