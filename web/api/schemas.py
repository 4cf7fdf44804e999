"""JSON Schemas of what goes in and out besides answers: what requests are checked by, and what the document says."""

from collections.abc import Mapping
from typing import Any

from engine.lifecycle import Status
from engine.words import LANGUAGES
from procedures.submitting.applicants import LEVELS

Schema = dict[str, Any]

LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*$"
"""Text on one line; a half of a character is none."""
EMAIL = r"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}$"
MOMENT = {"type": "string", "format": "date-time"}
DAY = {"type": "string", "format": "date"}


def line(longest: int, shortest: int = 1) -> Schema:
    """Text on one line."""
    return {"type": "string", "minLength": shortest, "maxLength": longest, "pattern": LINE}


def closed(properties: Mapping[str, Any], optional: tuple[str, ...] = ()) -> Schema:
    """An object with these members and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def maybe(schema: Schema) -> Schema:
    """Or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: Schema) -> Schema:
    """Any number of them."""
    return {"type": "array", "items": schema}


def ref(name: str) -> Schema:
    """One of `SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


BUSINESS = closed({"number": {"type": "string", "pattern": "^[0-9]{13}$"}, "name": line(200)})
APPLICANT = closed(
    {
        "subject": line(200),
        "name": line(200),
        "email": {"type": "string", "maxLength": 254, "pattern": EMAIL},
        "level": {"enum": list(LEVELS)},
        "business": BUSINESS,
    },
    optional=("email", "level", "business"),
)


def submission(answers: Schema) -> Schema:
    """What is sent: `answers` by the procedure's own schema, and around them who applies."""
    return closed(
        {
            "answers": answers,
            "applicant": APPLICANT,
            "language": {"enum": list(LANGUAGES)},
            "version": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"},
            "client_reference": line(100),
        },
        optional=("applicant", "language", "version", "client_reference"),
    )


ENVELOPE = submission({"type": "object"})
"""By which a request is checked before its answers are."""

FEE = closed(
    {
        "yen": {"type": "integer"},
        "lines": listed(closed({"title": {"type": "string"}, "yen": {"type": "integer"}})),
        "pay_by": maybe(DAY),
        "pay_url": maybe({"type": "string", "format": "uri"}),
    }
)
STATUS = {"enum": [status.value for status in Status if status is not Status.DRAFT]}
FILE = closed(
    {
        "id": {"type": "string"},
        "field": {"type": "string"},
        "name": {"type": "string"},
        "media_type": {"type": "string"},
        "size": {"type": "integer"},
        "sha256": {"type": "string"},
        "href": {"type": "string"},
    }
)
CERTIFICATE = closed(
    {
        "id": {"type": "string"},
        "kind": {"type": "string"},
        "number": {"type": "string"},
        "issued_on": DAY,
        "valid_until": maybe(DAY),
        "href": maybe({"type": "string"}),
    }
)
DECISION = closed(
    {
        "outcome": {"type": "string"},
        "reasons": listed({"type": "object"}),
        "text": {"type": "string"},
        "appeal": maybe({"type": "object"}),
        "decided_at": MOMENT,
    }
)
CASE = closed(
    {
        "id": {"type": "string"},
        "reference": {"type": "string"},
        "procedure": {"type": "string"},
        "version": DAY,
        "schema": {"type": "string"},
        "office": {"type": "string"},
        "status": STATUS,
        "round": {"type": "integer"},
        "submitted_at": MOMENT,
        "changed_at": MOMENT,
        "applicant": maybe({"type": "object"}),
        "answers": {"type": "object"},
        "fee_yen": {"type": "integer"},
        "attachments": listed(FILE),
        "decision": maybe(DECISION),
        "certificates": listed(CERTIFICATE),
    }
)
SCHEMAS: Mapping[str, Schema] = {
    "Problem": {
        "type": "object",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": listed({"type": "object"}),
        },
        "required": ["type", "title", "status", "detail"],
    },
    "Received": closed(
        {
            "id": {"type": "string"},
            "reference": {"type": "string"},
            "client_reference": maybe({"type": "string"}),
            "procedure": {"type": "string"},
            "version": DAY,
            "office": {"type": "string"},
            "status": STATUS,
            "submitted_at": MOMENT,
            "fee": maybe(FEE),
        }
    ),
    "Standing": closed(
        {
            "id": {"type": "string"},
            "reference": {"type": "string"},
            "client_reference": maybe({"type": "string"}),
            "procedure": {"type": "string"},
            "status": STATUS,
            "changed_at": MOMENT,
            "submitted_at": MOMENT,
            "due_on": maybe(DAY),
            "fee": maybe(FEE),
            "correction": maybe(
                closed({"due_on": DAY, "words": {"type": "string"}, "places": listed({"type": "object"})})
            ),
        }
    ),
    "PayLink": closed({"pay_url": {"type": "string", "format": "uri"}}),
    "Uploaded": closed(
        {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "media_type": {"type": "string"},
            "size": {"type": "integer"},
            "sha256": {"type": "string"},
            "kept_until": MOMENT,
        }
    ),
    "Case": CASE,
    "Decided": closed(
        {
            "cases": listed(closed({"sequence": {"type": "integer"}, "decided_at": MOMENT, "case": CASE})),
            "cursor": {"type": "string"},
            "more": {"type": "boolean"},
        }
    ),
    "Procedures": closed(
        {
            "procedures": listed(
                closed(
                    {
                        "id": {"type": "string"},
                        "version": DAY,
                        "title": {"type": "object"},
                        "accepts": {"type": "string"},
                        "schema": {"type": "string"},
                        "submit": {"type": "string"},
                    }
                )
            )
        }
    ),
    "SubmissionSchema": {"type": "object"},
}
"""By name, for the document."""
