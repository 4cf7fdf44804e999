"""A stand-in browser for tests: keeps cookies, sends the CSRF token of the page it saw, lints every page."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from web.identity.sessions import begin_session
from web.security.cookies import SESSION

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """One person's browser. `page` is the last answer."""

    def __init__(self, app: Flask, person_id: str | None = None, assurance: str = "substantial") -> None:
        self.app = app
        self.client = app.test_client()
        self.page: TestResponse | None = None
        self._token = ""
        if person_id:
            self.sign_in(person_id, assurance)

    def sign_in(self, person_id: str, assurance: str = "substantial") -> None:
        """Open a session without going through an issuer."""
        services = self.app.extensions["tetsuzuki"]
        with services.database.write() as session:
            token = begin_session(session, services.clock(), person_id, "local", assurance)
        self.client.set_cookie(SESSION, token)
        self._token = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Fetch a page and remember its token."""
        return self._remember(self.client.get(path, **options))

    def post(self, path: str, data: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with a token, as a page of ours would."""
        if not self._token:
            self.get("/sign-in/done")
        return self._remember(self.client.post(path, data={"csrf_token": self._token, **(data or {})}, **options))

    def follow(self) -> TestResponse:
        """Go where the last answer sent us."""
        return self.get(self.page.headers["Location"])

    def _remember(self, page: TestResponse) -> TestResponse:
        self.page = page
        if page.mimetype == "text/html" and (found := TOKEN.search(page.text)):
            self._token = found[1]
        return page
