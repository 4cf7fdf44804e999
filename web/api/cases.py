"""Fetching cases: what was decided since, page by page; one case; its files and certificates."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Response

from procedures.clients import fetching
from procedures.clients.client import READ
from procedures.clients.fetching import Fetched
from procedures.models import to_json
from procedures.reading.casefile import IssuedCertificate, KeptFile, Told
from web import looks
from web.api import reading as read
from web.api.frame import BASE, Parameter, current_client, operation, tell
from web.context import reading, services
from web.files import sandboxed

MOST, USUAL = 100, 50
LARGEST = 2**62
CURSOR = "cursor"
WHICH = (
    Parameter("decided_since", {"type": "string", "format": "date-time"}, "Only what was decided then or later."),
    Parameter(CURSOR, {"type": "string", "maxLength": 60}, "Where the page before ended: its `cursor`."),
    Parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST}, f"How many at most; usually {USUAL}."),
)
ETAGGED = "Nothing has changed since the ETag that you sent."


@operation(
    "GET",
    "/cases",
    READ,
    {200: ("Decided", "The decisions, in the order in which they were made."), 304: ("", ETAGGED)},
    WHICH,
    problems=("parameter",),
)
def decided_cases() -> Response:
    """Cases of your offices and procedures that were decided. Follow `cursor` and you get each decision exactly once.

    Keep the cursor of the last page: asked for again later, it answers what was decided since.
    """
    read.known_parameters(*(one.name for one in WHICH))
    since, after = read.moment("decided_since"), _after(read.parameter(CURSOR))
    limit = read.number("limit", USUAL, MOST)
    with reading() as session:
        found, more = fetching.decided(session, current_client(), since, after, limit)
    _looked([one.case for one in found])
    told = [{"sequence": one.seq, "decided_at": _utc(one.at), "case": case_of(one.case)} for one in found]
    last = found[-1].seq if found else after
    return tell({"cases": told, "cursor": cursor_of(last), "more": more})


@operation(
    "GET",
    "/cases/<application_id>",
    READ,
    {200: ("Case", "The case."), 304: ("", ETAGGED)},
    problems=("not_found",),
)
def one_case(application_id: str) -> Response:
    """One case of your offices and procedures: what was submitted, what was decided, what was issued."""
    with reading() as session:
        found = fetching.one(session, current_client(), application_id)
    _looked([found])
    return tell(case_of(found))


@operation(
    "GET",
    "/cases/<application_id>/attachments/<attachment_id>",
    READ,
    {200: ("application/octet-stream", "The file, as it was kept.")},
    problems=("not_found",),
)
def attachment(application_id: str, attachment_id: str) -> Response:
    """A file that was submitted."""
    with reading() as session:
        found = fetching.one(session, current_client(), application_id)
        opened = fetching.open_attachment(session, services().blobs, current_client(), application_id, attachment_id)
    _looked([found], "attachment", attachment_id)
    return sandboxed(opened, save=True)


@operation(
    "GET",
    "/cases/<application_id>/certificates/<certificate_id>",
    READ,
    {200: ("application/pdf", "The sealed PDF.")},
    problems=("not_found",),
)
def certificate(application_id: str, certificate_id: str) -> Response:
    """A certificate that was issued."""
    with reading() as session:
        found = fetching.one(session, current_client(), application_id)
        opened = fetching.open_certificate(session, services().blobs, current_client(), application_id, certificate_id)
    _looked([found], "certificate", certificate_id)
    return sandboxed(opened, save=True)


def case_of(found: Fetched) -> Mapping[str, Any]:
    """A case as it is sent."""
    here, schema = f"{BASE}/cases/{found.application_id}", f"{BASE}/procedures/{found.procedure.id}/schema"
    version = found.procedure.version.isoformat()
    return {
        "id": found.application_id,
        "reference": found.reference,
        "procedure": found.procedure.id,
        "version": version,
        "schema": f"{schema}?version={version}",
        "office": found.office,
        "status": found.status,
        "round": found.round,
        "submitted_at": _utc(found.submitted_at),
        "changed_at": _utc(found.changed_at),
        "applicant": found.sent.applicant,
        "answers": found.sent.answers,
        "fee_yen": found.sent.quote.total if found.sent.quote else 0,
        "attachments": [_file(one, here) for one in found.sent.files],
        "decision": _decision(found.decision) if found.decision else None,
        "certificates": [_certificate(one, here) for one in found.certificates],
    }


def _file(file: KeptFile, here: str) -> Mapping[str, Any]:
    return {
        "id": file.id,
        "field": file.field_id,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "href": f"{here}/attachments/{file.id}",
    }


def _decision(told: Told) -> Mapping[str, Any]:
    return {
        "outcome": told.outcome,
        "reasons": list(told.reasons),
        "text": told.text,
        "appeal": told.appeal,
        "decided_at": _utc(told.decided_at),
    }


def _certificate(one: IssuedCertificate, here: str) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "number": one.number,
        "issued_on": one.issued_on.isoformat(),
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        "href": f"{here}/certificates/{one.id}" if one.ready else None,
    }


def cursor_of(seq: int) -> str:
    """Opaque to clients: the number of the last decision that was read."""
    return urlsafe_b64encode(to_json(["v1", seq]).encode()).decode().rstrip("=")


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        octets = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        version, _, number = octets.decode("ascii").strip("[]").partition(",")
    except (NotBase64, ValueError):
        raise read.wrong(CURSOR) from None
    if version != '"v1"' or not number.isdecimal() or len(number) > len(str(LARGEST)) - 1:
        raise read.wrong(CURSOR)
    if cursor_of(int(number)) != cursor:
        raise read.wrong(CURSOR)
    return int(number)


def _looked(cases: list[Fetched], what: str = "case", object_id: str | None = None) -> None:
    """Personal data were handed out: recorded as a look of staff is."""
    for one in cases:
        looks.record(current_client().actor, one.application_id, what, object_id)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
