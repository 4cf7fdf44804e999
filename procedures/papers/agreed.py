"""What was decided on is what is issued: a hash of what a paper says, without what is only known when it is issued."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from procedures.models import to_json

A_DAY = date(2026, 4, 1)
"""Stands where the day of issue will; no hash covers it."""

PARTICULARS = frozenset(
    {
        "number",
        "issued_on",
        "valid_until",
        "marked",
        "authority",
        "code",
        "verify_page",
        "qr",
        "qr_alt",
        "sample",
        "spelled",
        "notes",
    }
)


class NotAsDecided(Exception):
    """The paper would say something else than what was decided on; `paper` names it. It is not issued."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        super().__init__(f"{paper} does not say what was decided on")


def content_hash(contents: Mapping[str, object]) -> str:
    """SHA-256 of what the paper says, as hexadecimal."""
    return sha256(
        to_json({key: value for key, value in contents.items() if key not in PARTICULARS}).encode()
    ).hexdigest()


def check(paper: str, contents: Mapping[str, object], decided: Mapping[str, str] | None) -> None:
    """Raise `NotAsDecided` where it differs. Decisions of releases that kept no hashes are not compared."""
    if decided and paper in decided and decided[paper] != content_hash(contents):
        raise NotAsDecided(paper)
