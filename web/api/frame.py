"""What every route of the API shares: who may use it, how errors are told, and what its document says of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

import structlog
from flask import Blueprint, Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from engine.fees import NoRate, UnknownFee
from engine.lifecycle import TransitionRefused
from engine.routing import NoOffice
from engine.words import say
from payments.receiving import OfficeOutOfReach
from procedures import errors
from procedures.clients.applicants import LevelTooHigh
from procedures.clients.client import Client
from procedures.clients.received import KeyReused
from procedures.models import to_json
from web.access import ANYONE, CLIENT, policy
from web.api import protecting
from web.api.problems import Problem, answer, of_status, spoken
from web.logs import log_failure
from web.security.pace import Pace, TooOften
from web.trouble import AGAIN_AFTER, is_trouble

blueprint = Blueprint("api", __name__)
BASE = "/api/v1"
JSON = "application/json"
PER_MINUTE = 600
"""Requests of one client: far more than a system needs, and far less than it takes to be in the way."""
PACE = Pace("api", PER_MINUTE, timedelta(minutes=1), portion=30)

log = structlog.get_logger("api")
View = Callable[..., AnyResponse]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of query or header as the document describes it."""

    name: str
    schema: Mapping[str, Any]
    text: str
    place: str = "query"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """A route as the document describes it. `answers`: status → (schema's name or media type, what it is)."""

    method: str
    rule: str
    name: str
    text: str
    scope: str
    answers: Mapping[int, tuple[str, str]]
    parameters: Sequence[Parameter] = field(default=())
    body: str | None = None
    problems: Sequence[str] = field(default=())


OPERATIONS: list[Operation] = []
"""Every route, in the order of the document."""


def operation(
    method: str,
    rule: str,
    scope: str,
    answers: Mapping[int, tuple[str, str]],
    parameters: Sequence[Parameter] = (),
    body: str | None = None,
    problems: Sequence[str] = (),
) -> Callable[[View], View]:
    """Declare the view below as a route of clients whose token has `scope`. Its docstring is what the document says."""

    def declare(view: View) -> View:
        text = " ".join((view.__doc__ or "").split())
        told = Operation(method, rule, view.__name__, text, scope, answers, parameters, body, problems)
        OPERATIONS.append(told)
        guarded = policy(CLIENT)(_guarded(view, scope))
        blueprint.add_url_rule(BASE + rule, view.__name__, guarded, methods=[method])
        return view

    return declare


def _guarded(view: View, scope: str) -> View:
    @wraps(view)
    def guarded(**places: str) -> AnyResponse:
        refuse_cookies()
        client = protecting.client_with(scope)
        PACE.require(client.id)
        g.api_client = client
        return view(**places)

    return guarded


def refuse_cookies() -> None:
    """A cookie has no say here, and who sends one is a browser that was led here by somebody else."""
    if "Cookie" in request.headers:
        raise Problem("cookies")


def current_client() -> Client:
    """The client that makes this request."""
    client: Client = g.api_client
    return client


def tell(content: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer, with an ETag where it is one that can be asked for again."""
    text = to_json(content)
    response = Response(text, status, content_type=JSON)
    response.headers.update(headers or {})
    if request.method == "GET":
        response.set_etag(sha256(text.encode()).hexdigest())
        response.make_conditional(request)
    return response


@blueprint.errorhandler(Problem)
def _problem(error: Problem) -> Response:
    return answer(error)


@blueprint.errorhandler(TooOften)
def _too_often(error: TooOften) -> Response:
    return answer(Problem("too_many", headers={"Retry-After": str(error.seconds)}))


@blueprint.errorhandler(HTTPException)
def _http(error: HTTPException) -> AnyResponse:
    return of_status(error.code or 500) if error.response is None else error.get_response()


@blueprint.errorhandler(errors.FileRefused)
def _file(error: errors.FileRefused) -> Response:
    kind = "unavailable" if error.key == "uploads.unchecked" else "file"
    return answer(Problem(kind, errors=[{"detail": say(error.key, spoken(), **error.params)}]))


KINDS: Mapping[type[Exception], str] = {
    errors.NotFound: "not_found",
    errors.SignInRequired: "applicant",
    errors.AssuranceTooLow: "assurance",
    errors.MandateMissing: "mandate",
    errors.VersionClosed: "version",
    errors.NotAccepted: "not_accepted",
    TransitionRefused: "state",
    errors.Conflict: "state",
    LevelTooHigh: "assurance",
    KeyReused: "key_reused",
    OfficeOutOfReach: "office",
    NoRate: "unavailable",
    UnknownFee: "unavailable",
    NoOffice: "unavailable",
}
"""What services raise, as problems; anything else is ours, is logged, and tells nothing."""


@blueprint.errorhandler(Exception)
def _other(error: Exception) -> Response:
    kind = next((kind for raised, kind in KINDS.items() if isinstance(error, raised)), "internal")
    if is_trouble(error):
        kind = "unavailable"
    if kind in {"internal", "unavailable"}:
        log_failure(log, "api_failed", error, endpoint=request.endpoint)
    return answer(Problem(kind, headers={"Retry-After": AGAIN_AFTER} if kind == "unavailable" else {}))


OPEN = policy(ANYONE)
"""For the few routes that ask for no token: the document, and its page."""
