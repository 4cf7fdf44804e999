"""Writing a submission: once, with a hash over all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from procedures.models import Submission, to_json
from procedures.models.sealed import sealed_row
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed

_FREEZE = Fixed(insert(Submission.__table__))


@dataclass(frozen=True, slots=True)
class Contents:
    """What is frozen: answers on the path, price, files by hash, what the resident saw and in which language, who."""

    answers: Mapping[str, Any]
    quote: FeeQuote | None
    files: list[dict[str, Any]]
    seen: str
    language: str
    applicant: Mapping[str, Any] | None = None


def freeze(session: Session, now: datetime, case: Row[Any], contents: Contents) -> None:
    """Write the next round's submission of `case` (id, digest, round)."""
    row: dict[str, Any] = {
        "application_id": case.id,
        "round": case.round + 1,
        "digest": case.digest,
        "answers": stored.pack(contents.answers),
        "quote": contents.quote.to_json() if contents.quote else None,
        "attachments": contents.files,
        "seen": contents.seen,
        "applicant": contents.applicant,
        "language": contents.language,
        "submitted_at": now,
    }
    _FREEZE.change(session, sealed_row(case.id, Submission, {**row, "content_hash": content_hash(row)}))


def content_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 in hex over everything a submission holds, its moment as ISO text in UTC.

    Where nobody signed in, or nothing was written down about it yet, `applicant` is not there, rather than null.
    """
    content = {key: value for key, value in row.items() if key != "content_hash"}
    if content["applicant"] is None:
        del content["applicant"]
    content["submitted_at"] = row["submitted_at"].astimezone(UTC).isoformat()
    return sha256(to_json(content).encode()).hexdigest()
