"""One resident with an empty cookie jar: fetches pages, sends forms, follows redirects, checks every answer."""

import html
import http.client
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
FORM = re.compile(r"<form\b(?P<attributes>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL)
HIDDEN = re.compile(r"<input\b[^>]*\btype=\"hidden\"[^>]*>")
ATTRIBUTE = re.compile(r"\b(name|value|action|method)=\"([^\"]*)\"")
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class WrongAnswerError(Exception):
    """The server did not answer as the journey demands."""


@dataclass(frozen=True)
class Page:
    """What came back in the end: where from, with which status, saying what, and how many bytes it took."""

    address: str
    status: int
    text: str
    weight: int = 0

    def hidden(self, action: str = "") -> dict[str, str]:
        """The hidden inputs of the first form inside <main> that posts to an address ending with `action`."""
        main = MAIN.search(self.text)
        for form in FORM.finditer(main[0] if main else ""):
            attributes = dict(ATTRIBUTE.findall(form["attributes"]))
            if attributes.get("method", "").lower() == "post" and attributes.get("action", "").endswith(action):
                pairs = (dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(form["inside"]))
                return {pair["name"]: html.unescape(pair.get("value", "")) for pair in pairs if "name" in pair}
        raise WrongAnswerError(f"{self.address}: no form for {action or 'this page'}\n{self.text[:2000]}")


Send = Callable[[str, str, dict[str, str], bytes | None], tuple[int, Mapping[str, str], list[str], bytes]]


def over_http(host: str, port: int) -> Send:
    """One connection a request, so that every server is asked in the same way."""

    def send(
        method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, Mapping[str, str], list[str], bytes]:
        connection = http.client.HTTPConnection(host, port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            cookies = answer.headers.get_all("Set-Cookie") or []
            return answer.status, {name.lower(): text for name, text in answer.headers.items()}, cookies, answer.read()
        finally:
            connection.close()

    return send


@dataclass
class Resident:
    """Remembers cookies and counts requests."""

    send: Send
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0

    def get(self, path: str, expect: int = 200) -> Page:
        """The page at `path`, redirects followed."""
        return self._ask("GET", path, None, expect)

    def post(self, path: str, form: Mapping[str, str], expect: int = 200) -> Page:
        """The page that answers `form`, redirects followed."""
        return self._ask("POST", path, urlencode(form).encode(), expect)

    def _ask(self, method: str, path: str, body: bytes | None, expect: int) -> Page:
        for _ in range(5):
            headers = {"Accept": "text/html", "Accept-Language": "ja", **self.headers}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.requests += 1
            status, answered, cookies, content = self.send(method, path, headers, body)
            for cookie in cookies:
                name, _, rest = cookie.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            if status not in REDIRECTS:
                page = Page(path, status, content.decode("utf-8", errors="replace"), len(content))
                if status != expect:
                    raise WrongAnswerError(f"{method} {path}: {status}, expected {expect}\n{page.text[:3000]}")
                return page
            target = urlsplit(urljoin(path, answered["location"]))
            path, method, body = target.path + (f"?{target.query}" if target.query else ""), "GET", None
        raise WrongAnswerError(f"{path}: redirected in a circle")
