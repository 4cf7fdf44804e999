"""Errors in the shape in which Stripe tells them."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """An answer that is an error. `kept` says whether an idempotency key would answer the same again."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        kept: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.kept, self.headers = status, kept, headers or {}
        parts = {"message": message, "type": kind, "code": code, "param": param}
        self.error: dict[str, Any] = {name: value for name, value in parts.items() if value is not None}

    def body(self) -> dict[str, Any]:
        """What is sent."""
        return {"error": self.error}


def missing(param: str) -> ApiError:
    """A parameter that has to be given."""
    return ApiError(400, f"Missing required param: {param}.", code="parameter_missing", param=param)


def unknown(param: str) -> ApiError:
    """A parameter that the sandbox does not speak."""
    return ApiError(400, f"Received unknown parameter: {param}", code="parameter_unknown", param=param)


def invalid(param: str, message: str, code: str | None = None) -> ApiError:
    """A parameter with a value that cannot be."""
    return ApiError(400, message, code=code, param=param)


def no_such(kind: str, resource_id: str, param: str = "id") -> ApiError:
    """A resource that is not there."""
    return ApiError(404, f"No such {kind}: '{resource_id}'", code="resource_missing", param=param)


def wrong_state(message: str, code: str | None = None) -> ApiError:
    """A request that the resource's present state does not allow; the same key would get the same answer."""
    return ApiError(400, message, code=code, kept=True)
