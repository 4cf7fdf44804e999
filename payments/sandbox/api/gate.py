"""What every API request passes: key, version, form, idempotency, injected faults, errors in Stripe's shape."""

import base64
import time
from collections.abc import Callable
from typing import Any

from flask import Request, Response

from payments.sandbox.api.faults import take_fault
from payments.sandbox.api.forms import decode
from payments.sandbox.api.idempotency import Answers
from payments.sandbox.errors import ApiError
from payments.sandbox.machine import API_VERSION, Sandbox, as_json
from payments.sandbox.store import Body

Handler = Callable[[Sandbox, dict[str, Any]], Body]


class Gate:
    """Lets requests through to their handlers, one database change each."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._answers = Answers(sandbox)

    def answer(self, request: Request, handler: Handler) -> Response:
        """The response to one request, whatever happens in the handler."""
        try:
            self._check_key(request)
            self._check_version(request)
            return self._run(request, handler)
        except ApiError as error:
            return respond(error.status, error.body())

    def _run(self, request: Request, handler: Handler) -> Response:
        fault = take_fault(self._sandbox.store, request.path)
        if fault is not None:
            fault.before()
        parameters = decode(
            request.form.items(multi=True) if request.method == "POST" else request.args.items(multi=True)
        )
        key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
        if key is None:
            response = respond(*self._outcome(handler, parameters)[:2])
        else:
            response = self._once(key, request.path, parameters, handler, fault.seconds if fault else 0)
        if fault is not None:
            fault.after(request)
        return response

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


def respond(status: int, body: Body) -> Response:
    """A JSON response with the headers that the SDK reads."""
    response = Response(as_json(body), status=status, mimetype="application/json")
    response.headers["Request-Id"] = f"req_{time.time_ns():x}"
    response.headers["Stripe-Version"] = API_VERSION
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
