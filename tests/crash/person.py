"""Somebody at a browser whose line may break at any moment: keeps cookies and the token, fills in forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import requests

from tests.web.browsing import TOKEN
from tests.web.client import Node, form_values, read

SILENCE = 30.0
File = tuple[str, str, bytes]


class Died(Exception):
    """No answer came: whoever was asked is gone, and nobody knows how far they had got."""


class Broken(AssertionError):
    """An answer that nobody should get."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    path: str
    status: int
    location: str
    body: bytes
    mimetype: str

    def get_data(self, *, as_text: bool = False) -> str | bytes:
        """As the reader of pages asks for it."""
        return self.text if as_text else self.body

    @cached_property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def done(self) -> bool:
        """Whether it acknowledges: 2xx or 3xx."""
        return self.status < 400


@dataclass
class Person:
    """One browser. `page` is the last answer."""

    site: str
    name: str = ""
    session: requests.Session = field(default_factory=requests.Session)
    page: Answer | None = None
    token: str = ""

    def ask(self, method: str, path: str, **options: Any) -> Answer:
        """One request, no redirect followed. Raises `Died`, and `Broken` for an error of ours."""
        try:
            got = self.session.request(
                method,
                self.site + path,
                allow_redirects=False,
                timeout=SILENCE,
                headers={"Connection": "close", "Accept-Language": "ja", **options.pop("headers", {})},
                **options,
            )
        except requests.RequestException as error:
            raise Died(f"{method} {path}: {type(error).__name__}") from error
        kind = got.headers.get("Content-Type", "").partition(";")[0]
        answer = Answer(path, got.status_code, got.headers.get("Location", ""), got.content, kind)
        if answer.status >= 500:
            raise Broken(f"{method} {path}: {answer.status} {_words(answer)}")
        return answer

    def get(self, path: str) -> Answer:
        """Fetch and follow, staying on the site."""
        return self.land(self.ask("GET", path))

    def post(self, path: str, form: Mapping[str, Any], files: Sequence[File] = ()) -> Answer:
        """Send a form as a page of ours would; the answer itself, without following it."""
        sent = {name: values for name, values in form.items() if values is not None} | {"csrf_token": self._guard()}
        if files:
            return self.ask("POST", path, data=sent, files=[(name, (file, content)) for name, file, content in files])
        return self.ask("POST", path, data=sent)

    def send(self, answers: Mapping[str, Any], form: str = "", files: Sequence[File] = ()) -> Answer:
        """Fill in the form of this page whose address ends with `form`; the answer itself, without following it."""
        assert self.page is not None
        node = self._form(form)
        assert node is not None, f"no form for {form} on {self.page.path}"
        address = node.attributes.get("action") or self.page.path
        if files or "multipart" in node.attributes.get("enctype", ""):
            files = files or [("nothing", "", b"")]
        return self.post(address, {**form_values(node), **answers}, files)

    @property
    def tree(self) -> Node:
        """The page before us."""
        return read(self.page)  # type: ignore[arg-type]

    def has_form(self, form: str) -> bool:
        """Whether the page has such a form."""
        return self._form(form) is not None

    def _form(self, form: str) -> Node | None:
        forms = [one for main in self.tree.all("main") for one in main.all("form")]
        return next((one for one in forms if one.attributes.get("action", "").endswith(form)), None)

    def sign_in(self, at: str = "/sign-in") -> None:
        """Through the issuer, from the page of ours that leads there; raises `Died`."""
        there = self.ask("GET", at).location
        back = self.session.post(there, data={"person": self.name}, allow_redirects=False, timeout=SILENCE)
        answer = self.ask("GET", back.headers["Location"].removeprefix(self.site))
        if answer.status != 303:
            raise Broken(f"{self.name} could not sign in: {answer.status} {_words(answer)}")
        self.token = ""

    def _guard(self) -> str:
        if not self.token:
            self.get("/sign-in/done")
        return self.token

    def land(self, answer: Answer) -> Answer:
        """Follow where it leads, staying on the site; that page is before us."""
        for _ in range(6):
            if answer.status not in range(300, 400) or not answer.location.startswith("/"):
                break
            answer = self.ask("GET", answer.location.partition("#")[0])
        self.page = answer
        if answer.mimetype == "text/html" and (found := TOKEN.search(answer.text)):
            self.token = found[1]
        return answer


def _words(answer: Answer) -> str:
    main = list(read(answer).all("main")) if answer.mimetype == "text/html" else []  # type: ignore[arg-type]
    return main[0].said[:300] if main else answer.text[:300]
