"""Sending a file piece by piece, for the script of uploads: begin, ask how far it has come, send on, finish, give up.

As in tus (https://tus.io/protocols/resumable-upload), reduced to what one form needs: the server says how many bytes it
has kept for good, and the browser goes on from there, after a broken line as after a closed page.
"""

import re
from collections.abc import Callable
from functools import wraps

from flask import jsonify, render_template, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.digits import whole
from engine.model import Field
from engine.words import say
from procedures import attachments, drafts
from procedures.applications import KeptFile
from procedures.errors import AlreadySubmitted, FileRefused
from procedures.uploads import pieces
from procedures.uploads.pieces import OffsetMoved, Standing
from web.access import APPLICANT, policy
from web.context import current_actor, language, now, reading, services, writing
from web.residents.filling.uploads import files_below
from web.residents.routes import blueprint
from web.residents.uploading.rows import row
from web.residents.uploading.taking import UNCHECKED, limits_of, take

ALL = "/applications/<application_id>/uploads"
ONE = ALL + "/<upload_id>"
LONGEST_PIECE = 1024 * 1024
OFFSET = "Upload-Offset"
FARTHEST = 10**15
"""Bytes; no file of anybody's is so long."""
_DIGEST = re.compile(r"[0-9a-f]{64}")

View = Callable[..., Response]


def telling(view: View) -> View:
    """A refusal becomes words in JSON: 422; 503 where the same file may be taken later; 410 when the case is sent."""

    @wraps(view)
    def told(**places: str) -> Response:
        try:
            return view(**places)
        except FileRefused as error:
            answer = jsonify(words=say(error.key, language(), **error.params))
            answer.status_code = 503 if error.key == UNCHECKED else 422
            return answer
        except AlreadySubmitted:
            answer = jsonify(words=say("uploads.script_reopen", language()))
            answer.status_code = 410
            return answer

    return told


@blueprint.post(ALL)
@policy(APPLICANT)
@telling
def begin_upload(application_id: str) -> Response:
    """Announce a file by `field`, `name`, `size`, `sha256`; the unfinished one of the same content is found again."""
    size, digest = whole(request.form.get("size", ""), FARTHEST), request.form.get("sha256", "")
    if size is None or not _DIGEST.fullmatch(digest):
        raise BadRequest
    with reading() as session:
        asked = _field(session, application_id, request.form.get("field", ""))
    _require_size(size, limits_of(asked).max_bytes)
    name = request.form.get("name", "")
    with writing() as session:
        found = pieces.begin(session, current_actor(), now(), application_id, asked.path, name, size, digest)
    return _told(found)


@blueprint.get(ONE)
@policy(APPLICANT)
def upload_offset(application_id: str, upload_id: str) -> Response:
    """How many bytes are kept."""
    with reading() as session:
        return _told(pieces.standing(session, current_actor(), application_id, upload_id))


@blueprint.post(ONE)
@policy(APPLICANT)
@telling
def send_piece(application_id: str, upload_id: str) -> Response:
    """Keep the next bytes. 200 says that they, or the same ones before, are kept; 409 where the file really ends."""
    start = whole(request.headers.get(OFFSET, ""), FARTHEST)
    if start is None:
        raise BadRequest
    if (request.content_length or 0) > LONGEST_PIECE:
        raise RequestEntityTooLarge
    actor = current_actor()
    with reading() as session:
        before = pieces.standing(session, actor, application_id, upload_id)
    content = request.get_data(cache=False)
    key = None
    try:
        pieces.require_place(before, start, len(content))
        key = services().blobs.put(content)
        with writing() as session:
            found = pieces.keep(session, actor, now(), application_id, upload_id, start, len(content), key)
    except OffsetMoved as moved:
        if key:
            services().blobs.delete(key)  # the same bytes came twice at once
        answer = jsonify(offset=moved.offset)
        answer.status_code = 200 if start + len(content) <= moved.offset else 409
        return answer
    return _told(found)


@blueprint.post(ONE + "/finish")
@policy(APPLICANT)
@telling
def finish_upload(application_id: str, upload_id: str) -> Response:
    """Examine the whole file and add it to the case; asked again, the same answer. 409 while bytes are missing."""
    actor = current_actor()
    with reading() as session:
        found = pieces.standing(session, actor, application_id, upload_id)
        asked = _field(session, application_id, found.field_id)
        content = b"" if found.attachment_id or not found.whole else pieces.assemble(session, services().blobs, found)
    if not found.whole:
        answer = _told(found)
        answer.status_code = 409
        return answer
    attachment_id = found.attachment_id or _finish(application_id, asked, found, content)
    with reading() as session:
        kept = attachments.of_field(session, actor, application_id, asked.path)
    return _listed(application_id, next(file for file in kept if file.id == attachment_id))


@blueprint.post(ONE + "/drop")
@policy(APPLICANT)
def drop_upload(application_id: str, upload_id: str) -> Response:
    """Give an unfinished file up."""
    with writing() as session:
        pieces.drop(session, current_actor(), now(), application_id, upload_id)
    return jsonify(dropped=True)


def _finish(application_id: str, asked: Field, found: Standing, content: bytes) -> str:
    """What cannot be taken is given up; what could not be looked at is kept for another try."""
    actor = current_actor()
    try:
        prepared = take(asked, found.name, content)
        with writing() as session:
            return pieces.finish(session, actor, now(), application_id, found.id, prepared)
    except FileRefused as refusal:
        if refusal.key != UNCHECKED:
            with writing() as session:
                pieces.drop(session, actor, now(), application_id, found.id)
        raise


def _field(session: Session, application_id: str, path: str) -> Field:
    """The question for files at this place of the procedure that one's case is about. Raises 404."""
    for top in drafts.load(session, current_actor(), application_id).procedure.fields.values():
        for asked in files_below(top):
            if asked.path == path:
                return asked
    raise NotFound


def _require_size(size: int, most: int) -> None:
    if not size:
        raise FileRefused("notices.file_empty")
    if size > most:
        raise FileRefused("notices.file_too_large", megabytes=most // attachments.MEGABYTE)


def _told(found: Standing) -> Response:
    return jsonify(id=found.id, offset=found.offset, piece=LONGEST_PIECE)


def _listed(application_id: str, file: KeptFile) -> Response:
    """The file's row, as the page draws it, for the name under which the page asks."""
    drawn = row(application_id, file)
    html = render_template("residents/file_row.html", row=drawn, name=request.form.get("input", ""))
    return jsonify(id=file.id, row=html, removed=drawn["removed"])
