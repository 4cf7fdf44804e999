"""The files of a case: what the applicant attached, and what was issued."""

from flask import Response, request

from procedures.attachments import open_file
from procedures.certificates import open_certificate
from web import looks
from web.access import policy
from web.context import current_actor, reading, services
from web.desk.frame import READER, blueprint
from web.files import sandboxed


@blueprint.get("/desk/cases/<application_id>/attachments/<attachment_id>")
@policy(READER)
def show_attachment(application_id: str, attachment_id: str) -> Response:
    """The file in the browser, shut off from our pages; with `?save` as a download."""
    actor = current_actor()
    with reading() as session:
        opened = open_file(session, services().blobs, actor, application_id, attachment_id)
    looks.record(actor, application_id, "attachment", attachment_id)
    return sandboxed(opened, save="save" in request.args)


@blueprint.get("/desk/cases/<application_id>/certificates/<certificate_id>")
@policy(READER)
def show_certificate(application_id: str, certificate_id: str) -> Response:
    """The sealed PDF as issued."""
    actor = current_actor()
    with reading() as session:
        opened = open_certificate(session, services().blobs, actor, application_id, certificate_id)
    looks.record(actor, application_id, "certificate", certificate_id)
    return sandboxed(opened, save="save" in request.args)
