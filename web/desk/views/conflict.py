"""The answer to somebody who came too late: who did what, and the way to the case as it is now."""

from flask import Response

from web.context import language
from web.desk.frame import show
from web.desk.pages.conflicts import Told


def conflict_answer(application_id: str, told: Told, kept: str = "") -> Response:
    """409 with the reason; `kept` is what the person wrote, so that it is not lost."""
    return show("conflict.html", 409, application_id=application_id, words=told.words(language()), kept=kept)
