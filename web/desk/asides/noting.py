"""POST /desk/cases/<id>/notes: a note of the office for itself."""

from flask import Response, request

from engine.words import say
from procedures.asides import notes
from procedures.cases import view
from procedures.errors import MessageRefused
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, writing
from web.desk.frame import blueprint, show, to_case
from web.forms.plain_text import plain_lines


@blueprint.post("/desk/cases/<application_id>/notes")
@policy(MAY("note.write"))
def take_note(application_id: str) -> Response:
    """Keep it; what cannot be kept comes back as it was typed."""
    text, nonce = plain_lines(request.form.get("text", "")), request.form.get("nonce", "")
    try:
        with writing() as session:
            notes.write(session, current_actor(), now(), application_id, text, nonce)
    except MessageRefused as refused:
        return _again(application_id, text, nonce, refused.what)
    return to_case(application_id, "note_written")


def _again(application_id: str, text: str, nonce: str, what: str) -> Response:
    with reading() as session:
        case = view(session, current_actor(), application_id)
    words = say(f"desk.note_wrong_{what}", language(), length=f"{len(text):,}", most=f"{notes.LONGEST:,}")
    return show("note.html", 422, case=case, typed=text, nonce=nonce, problems=[("#note-text", words)])
