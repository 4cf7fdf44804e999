"""Errors of the API as RFC 9457 has them: application/problem+json, in Japanese or English, nothing of the inside."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request

from engine.words import say
from web.context import settings
from web.pages.languages import preferred_language

PROBLEM_JSON = "application/problem+json"
DOCUMENTATION = "/api/docs"
AREA = "/api/"
SPOKEN = ("ja", "en")

STATUS: Mapping[str, int] = {
    "request": 400,
    "cookies": 400,
    "json": 400,
    "parameter": 400,
    "idempotency_key": 400,
    "token": 401,
    "scope": 403,
    "office": 403,
    "not_found": 404,
    "method": 405,
    "not_accepted": 409,
    "version": 409,
    "state": 409,
    "too_large": 413,
    "media_type": 415,
    "answers": 422,
    "body": 422,
    "applicant": 422,
    "assurance": 422,
    "mandate": 422,
    "file": 422,
    "key_reused": 422,
    "too_many": 429,
    "internal": 500,
    "unavailable": 503,
}
"""Every kind of problem and its status; each is worded as `api.title_<kind>` and `api.detail_<kind>`."""

Errors = Iterable[Mapping[str, Any]]


class Problem(Exception):
    """What a view raises: a kind of `STATUS`, the parts of the request that are wrong, parameters of the wording."""

    def __init__(
        self, kind: str, *, errors: Errors = (), headers: Mapping[str, str] | None = None, **params: object
    ) -> None:
        self.kind, self.errors, self.headers, self.params = kind, list(errors), headers or {}, params
        super().__init__(kind)


def spoken() -> str:
    """The language of this answer: English where it is preferred to Japanese."""
    wished = preferred_language(request.headers.get("Accept-Language", ""))
    return wished if wished in SPOKEN else "en"


def answer(problem: Problem) -> Response:
    """As it is sent."""
    language, status = spoken(), STATUS[problem.kind]
    body: dict[str, Any] = {
        "type": f"{settings().public_url.rstrip('/')}{DOCUMENTATION}#{problem.kind}",
        "title": say(f"api.title_{problem.kind}", language),
        "status": status,
        "detail": say(f"api.detail_{problem.kind}", language, **problem.params),
    }
    if problem.errors:
        body["errors"] = problem.errors
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type=PROBLEM_JSON)
    response.headers["Content-Language"] = language
    response.headers.update(problem.headers)
    return response


def of_status(code: int) -> Response:
    """An error that the framework itself found."""
    kinds = {404: "not_found", 405: "method", 413: "too_large", 415: "media_type", 429: "too_many", 503: "unavailable"}
    return answer(Problem(kinds.get(code, "request" if code < STATUS["internal"] else "internal")))


def is_api() -> bool:
    """Whether this request is one of the API's, also where the address leads nowhere."""
    return request.path.startswith(AREA)
