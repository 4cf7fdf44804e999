"""POST /api/v1/uploads: a file ahead of the submission that names it."""

from datetime import UTC

from flask import request
from werkzeug.wrappers import Response

from procedures import library
from procedures.attachments import MAX_BYTES
from procedures.clients import uploads
from procedures.clients.client import SUBMIT
from procedures.errors import NotFound
from procedures.submitting import audience
from web.api import reading as read
from web.api.frame import Parameter, current_client, operation, tell
from web.api.problems import Problem
from web.context import now, reading, today, writing
from web.residents.uploading.taking import take

TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
PLACES = (
    Parameter("procedure", TEXT, "The procedure that it is for.", required=True),
    Parameter("field", TEXT, "The question that it answers; ids with dots between, below lists too.", required=True),
    Parameter("name", TEXT, "What the file is called; its ending follows its content.", required=True),
)
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@operation(
    "POST",
    "/uploads",
    SUBMIT,
    {201: ("Uploaded", "Kept for a day; name its id in the answers.")},
    PLACES,
    body="file",
    problems=("parameter", "media_type", "too_large", "file", "unavailable", "not_found"),
)
def upload() -> Response:
    """Send a file ahead: the bytes themselves are the body. It is examined and cleaned as one sent on our pages."""
    read.known_parameters("procedure", "field", "name")
    procedure_id, path, name = (read.parameter(one.name, required=True) or "" for one in PLACES)
    if request.mimetype in FORMS or not request.mimetype:
        raise Problem("media_type")
    client = current_client()
    if not client.takes(procedure_id):
        raise NotFound(procedure_id)
    with reading() as session:
        procedure = library.in_force(session, procedure_id, today()).procedure
    audience.require(procedure, client.actor)
    field = uploads.file_field(procedure, path)
    content = request.stream.read(MAX_BYTES + 1)
    prepared = take(field, name, content)
    with writing() as session:
        upload_id = uploads.keep(session, now(), client, procedure_id, field, prepared)
    return tell(
        {
            "id": upload_id,
            "name": prepared.name,
            "media_type": prepared.media_type,
            "size": prepared.size,
            "sha256": prepared.sha256,
            "kept_until": (now() + uploads.KEPT).astimezone(UTC).isoformat(),
        },
        201,
    )
