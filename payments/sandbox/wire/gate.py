"""What every API request passes: key, version, form, idempotency, injected faults, errors in Stripe's shape."""

import base64
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Request, Response

from payments.sandbox.machine import API_VERSION, CAUSE, Sandbox, as_json
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import ApiError
from payments.sandbox.wire.faults import Broken, take_fault
from payments.sandbox.wire.forms import decode
from payments.sandbox.wire.idempotency import Answers
from payments.sandbox.wire.limits import Limiter

Handler = Callable[[Sandbox, dict[str, Any]], Body]


class Gate:
    """Lets requests through to their handlers, one database change each."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._answers = Answers(sandbox)
        self._limiter = Limiter(sandbox)

    def answer(self, request: Request, handler: Handler) -> Response:
        """The response to one request, whatever happens in the handler."""
        request_id = f"req_{secrets.token_hex(7)}"
        cause = {"id": request_id, "idempotency_key": request.headers.get("Idempotency-Key")}
        token = CAUSE.set(cause if request.method == "POST" else None)
        try:
            self._check_key(request)
            self._limiter.check()
            self._check_version(request)
            response = self._run(request, handler)
        except ApiError as error:
            response = respond(error.status, error.body(), error.headers.items())
        except Broken:
            response = respond(500, {})  # reaches nobody
        finally:
            CAUSE.reset(token)
        response.headers["Request-Id"] = request_id
        return response

    def _run(self, request: Request, handler: Handler) -> Response:
        fault = take_fault(self._sandbox.store, request.method, request.path)
        if fault is not None:
            fault.before(request)
        parameters = decode(
            request.form.items(multi=True) if request.method == "POST" else request.args.items(multi=True)
        )
        key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
        pause = fault.seconds if fault is not None and fault.kind == "slow" else 0
        if key is None:
            time.sleep(pause)
            response = respond(*self._outcome(handler, parameters)[:2])
        else:
            response = self._once(key, request.path, parameters, handler, pause)
        return response if fault is None else fault.after(request, response)

    def _once(self, key: str, path: str, parameters: dict[str, Any], handler: Handler, pause: float) -> Response:
        with self._answers.claimed(key, path, parameters) as earlier:
            if earlier is not None:
                response = respond(earlier.status, earlier.body)
                response.headers["Idempotent-Replayed"] = "true"
            else:
                time.sleep(pause)
                status, body, kept = self._outcome(handler, parameters)
                if kept:
                    self._answers.keep(key, path, parameters, status, body)
                response = respond(status, body)
        response.headers["Idempotency-Key"] = key
        return response

    def _outcome(self, handler: Handler, parameters: dict[str, Any]) -> tuple[int, Body, bool]:
        try:
            with self._sandbox.store.change():
                return 200, handler(self._sandbox, parameters), True
        except ApiError as error:
            return error.status, error.body(), error.kept

    def _check_key(self, request: Request) -> None:
        given = _key_of(request.headers.get("Authorization", ""))
        if given == self._sandbox.api_key:
            return
        if not given:
            message = "You did not provide an API key. Send it in the Authorization header as 'Bearer YOUR_KEY'."
        elif given.startswith("sk_live_"):
            message = "This is a sandbox: a live key must never be sent here. Use the sandbox's test key."
        else:
            message = f"Invalid API Key provided: {given[:8]}***"
        raise ApiError(401, message)

    def _check_version(self, request: Request) -> None:
        asked = request.headers.get("Stripe-Version", API_VERSION)
        if asked != API_VERSION:
            raise ApiError(400, f"Invalid Stripe API version: {asked}. This sandbox speaks {API_VERSION} only.")


def respond(status: int, body: Body, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """A JSON response with the headers that the SDK reads."""
    response = Response(as_json(body), status=status, mimetype="application/json")
    response.headers["Stripe-Version"] = API_VERSION
    response.headers.extend(headers)
    return response


def _key_of(header: str) -> str:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("ascii").partition(":")[0]
        except ValueError:
            return ""
    return ""
