"""Reading what clients send: JSON that is exactly JSON, within limits, as its schema has it."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from flask import request

from engine.digits import whole
from procedures.models import to_json
from web.api.pointers import pointer
from web.api.problems import Problem

MOST_BYTES = 1024 * 1024
DEEPEST = 60
JSON = "application/json"
LONGEST_PARAMETER = 500


def body() -> bytes:
    """The bytes of a JSON request. Raises `Problem`: another content type, too many."""
    if request.mimetype != JSON:
        raise Problem("media_type")
    if (request.content_length or 0) > MOST_BYTES:
        raise Problem("too_large")
    octets = request.stream.read(MOST_BYTES + 1)
    if len(octets) > MOST_BYTES:
        raise Problem("too_large")
    return octets


def parsed(octets: bytes) -> Any:
    """The value. Raises `Problem` for what is no JSON or could be read in two ways: a name twice, NaN."""
    try:
        value = json.loads(
            octets.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite
        )
        if _deep(value, DEEPEST):
            raise Problem("json")
        to_json(value).encode()
    except (ValueError, RecursionError):
        raise Problem("json") from None
    return value


def checked(value: Any, schema: Mapping[str, Any]) -> Any:
    """The value, as `schema` has it. Raises `Problem` with a pointer for everything that is not."""
    from jsonschema import Draft202012Validator

    found = sorted(Draft202012Validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path)))
    if found:
        errors = [
            {"pointer": pointer(error.absolute_path), "detail": error.message[:200], "code": str(error.validator)}
            for error in found
        ]
        raise Problem("body", errors=errors)
    return value


def parameter(name: str, *, required: bool = False) -> str | None:
    """One of the query. Raises `Problem` where it is there twice, too long, or missing."""
    given = request.args.getlist(name)
    if len(given) > 1 or any(len(one) > LONGEST_PARAMETER or "\0" in one for one in given):
        raise wrong(name)
    if not given or not given[0]:
        if required:
            raise wrong(name)
        return None
    return given[0]


def known_parameters(*names: str) -> None:
    """Raise `Problem` for parameters that nobody knows: a filter with a typing mistake would filter nothing."""
    for name in request.args:
        if name not in names:
            raise wrong(name)


def moment(name: str) -> datetime | None:
    """A moment of the query (RFC 3339, with its offset)."""
    text = parameter(name)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
        aware = found.tzinfo is not None and "T" in text.upper()
        return found.astimezone(UTC) if aware else _raise(wrong(name))
    except (ValueError, OverflowError):
        raise wrong(name) from None


def number(name: str, usual: int, most: int) -> int:
    """A whole number of the query, from 1 to `most`."""
    text = parameter(name)
    if text is None:
        return usual
    found = whole(text, most)
    if not found:
        raise wrong(name)
    return found


def wrong(name: str) -> Problem:
    """That a parameter is not as it should be."""
    return Problem("parameter", errors=[{"parameter": name[:50]}], name=name[:50])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is there twice")
    return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("no JSON number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _raise(error: Exception) -> NoReturn:
    raise error


def _deep(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left == 0 or any(_deep(one, left - 1) for one in inner)
