"""Files of a case: uploaded papers and certificates, for their owner and the staff of its office."""

from io import BytesIO

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from procedures import attachments, certificates, letters
from procedures.attachments import Opened
from procedures.uploads.images import smaller
from web import looks
from web.access import APPLICANT, policy
from web.context import current_actor, reading, services
from web.files import sandboxed
from web.residents.routes import blueprint

SHOWN = ("image/jpeg", "image/png", "image/webp")


@blueprint.get("/applications/<application_id>/attachments/<attachment_id>")
@policy(APPLICANT)
def attachment(application_id: str, attachment_id: str) -> Response:
    """An uploaded paper."""
    actor = current_actor()
    with reading() as session:
        opened = attachments.open_file(session, services().blobs, actor, application_id, attachment_id)
    _note(application_id, "attachment", attachment_id)
    return sandboxed(opened, save=opened.media_type not in SHOWN)


@blueprint.get("/applications/<application_id>/attachments/<attachment_id>/small")
@policy(APPLICANT)
def small_picture(application_id: str, attachment_id: str) -> Response:
    """An uploaded picture, small, to recognise it by. 404 where it is none."""
    actor = current_actor()
    with reading() as session:
        opened = attachments.open_file(session, services().blobs, actor, application_id, attachment_id)
    with opened.stream as stream:
        if opened.media_type not in SHOWN:
            raise NotFound
        content = smaller(stream.read())
    _note(application_id, "attachment", attachment_id)
    return sandboxed(Opened(opened.name, "image/jpeg", len(content), BytesIO(content)))


@blueprint.get("/applications/<application_id>/certificates/<certificate_id>")
@policy(APPLICANT)
def certificate(application_id: str, certificate_id: str) -> Response:
    """A sealed certificate."""
    actor = current_actor()
    with reading() as session:
        opened = certificates.open_certificate(session, services().blobs, actor, application_id, certificate_id)
    _note(application_id, "certificate", certificate_id)
    return sandboxed(opened, save=True)


@blueprint.get("/applications/<application_id>/letters/<letter_id>")
@policy(APPLICANT)
def letter(application_id: str, letter_id: str) -> Response:
    """The sealed letter of a decision."""
    actor = current_actor()
    with reading() as session:
        opened = letters.open_letter(session, services().blobs, actor, application_id, letter_id)
    _note(application_id, "certificate", letter_id)
    return sandboxed(opened, save=True)


def _note(application_id: str, what: str, id: str) -> None:
    actor = current_actor()
    if actor.kind == "staff":
        looks.record(actor, application_id, what, id)
