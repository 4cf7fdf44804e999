"""Structured logs without personal data: no query strings, no form values, no exception texts."""

import logging
import sys
from pathlib import Path
from traceback import extract_tb

import structlog

from procedures import tracing

OWN_FRAMES = 6


class _StandardError:
    """One write a line, so that lines of several processes do not mix."""

    def __init__(self, *_names: object) -> None:
        """A logger's name says nothing that the event does not."""

    def msg(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")

    debug = info = warning = error = critical = msg


def _name_request(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Which request a line belongs to; jobs name the one that asked for them."""
    name = tracing.current()
    if name is not None:
        event["request"] = name
    return event


def configure_logs() -> None:
    """Write one JSON object a line to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _name_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_StandardError,
        cache_logger_on_first_use=True,
    )


def where_it_broke(error: BaseException) -> list[str]:
    """The innermost frames as file:line in function. The message is left out: it may quote what somebody typed."""
    frames = extract_tb(error.__traceback__)[-OWN_FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def log_failure(log: structlog.typing.FilteringBoundLogger, event: str, error: BaseException, **facts: object) -> None:
    """Log what failed and where. No traceback: it would quote values."""
    log.error(event, kind=type(error).__name__, at=where_it_broke(error), **facts)
