"""The formats of bank files: each a module here with `recognises(content)` and `read(content, account, today)`."""

from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from payments.bank.statements import Reading, Trouble

LARGEST = 5 * 1024 * 1024
"""Bytes of a file; a year of a busy account is below it."""


class Format(Protocol):
    """A module that reads one format."""

    NAME: str
    ORDER: int

    def recognises(self, content: bytes) -> bool:
        """Whether the file looks like this format."""
        ...

    def read(self, content: bytes, account: str, today: date) -> Reading:
        """The statements in it; `account` names the account where the file does not."""
        ...


def formats() -> list[Format]:
    """Every format of this folder, the surest to recognise first."""
    found: list[Format] = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return sorted((module for module in found if hasattr(module, "recognises")), key=lambda module: module.ORDER)


def read(content: bytes, account: str, today: date) -> tuple[str, Reading]:
    """The name of the file's format, and what it says. A file of no known format is trouble, never an error."""
    if len(content) > LARGEST:
        return "", _nothing("too_large", megabytes=LARGEST // 1024 // 1024)
    if not content.strip():
        return "", _nothing("empty")
    for known in formats():
        if known.recognises(content):
            return known.NAME, known.read(content, account, today)
    return "", _nothing("unknown_format")


def _nothing(code: str, **params: object) -> Reading:
    return Reading((), (Trouble(0, code, params),))
