"""Another system, as tests let it speak to the API."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from procedures.actors import SYSTEM
from procedures.clients import managing
from procedures.clients.client import SCOPES
from procedures.clients.managing import Wanted
from procedures.database import Database

BASE = "/api/v1"
HANAKO = {"subject": "hanako-1", "name": "山田 花子", "email": "hanako@example.jp", "level": "high"}


def wanted(name: str = "電子窓口", **other: Any) -> Wanted:
    """A client that may do everything, but for what is said."""
    return Wanted(**{"name": name, "scopes": SCOPES, "offices": ["*"], "procedures": ["*"], "level": "high", **other})


def registered(database: Database, now: datetime, **other: Any) -> tuple[str, str]:
    """A new client and its secret."""
    with database.write() as session:
        client_id = managing.register(session, SYSTEM, now, wanted(**other))
        return client_id, managing.add_secret(session, SYSTEM, now, client_id)


def basic(client_id: str, secret: str) -> dict[str, str]:
    """The header of client_secret_basic."""
    return {"Authorization": "Basic " + b64encode(f"{client_id}:{secret}".encode()).decode()}


@dataclass
class System:
    """A system with a secret; it asks for a token when it first needs one."""

    app: Flask
    client_id: str
    secret: str
    token: str = ""
    http: Any = field(init=False)

    def __post_init__(self) -> None:
        self.http = self.app.test_client(use_cookies=False)

    def authorize(self, **form: str) -> TestResponse:
        """Ask for a token."""
        data = {"grant_type": "client_credentials", **form}
        answer = self.http.post("/api/oauth/token", data=data, headers=basic(self.client_id, self.secret))
        if answer.status_code == 200:
            self.token = answer.get_json()["access_token"]
        return answer

    def headers(self) -> dict[str, str]:
        """With a token."""
        if not self.token:
            assert self.authorize().status_code == 200
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Any) -> TestResponse:
        """GET below the API's address."""
        return self.http.get(BASE + path, headers={**self.headers(), **(headers or {})}, query_string=query)

    def post(self, path: str, **other: Any) -> TestResponse:
        """POST below it."""
        headers = {**self.headers(), **other.pop("headers", {})}
        return self.http.post(BASE + path, headers=headers, **other)

    def submit(self, procedure_id: str, answers: Mapping[str, Any], key: str = "", **other: Any) -> TestResponse:
        """Submit for Hanako, unless `other` says for whom, under a new key unless there is one."""
        headers = {"Idempotency-Key": key or uuid4().hex, **other.pop("headers", {})}
        body = {"applicant": HANAKO, "answers": answers, **other}
        body = {name: value for name, value in body.items() if value is not None}
        return self.post(f"/procedures/{procedure_id}/submissions", json=body, headers=headers)

    def upload(self, procedure_id: str, path: str, content: bytes, name: str = "書類.jpg") -> TestResponse:
        """Send a file ahead."""
        query = {"procedure": procedure_id, "field": path, "name": name}
        return self.post("/uploads", query_string=query, data=content, content_type="application/octet-stream")
