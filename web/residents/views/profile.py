"""My profile: what is kept for next time, from where, changed and erased; and keeping something after sending."""

import json

from flask import redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from procedures.profiles import keeping, proposing
from procedures.profiles.keeping import Typed
from web.access import APPLICANT, RESIDENT, policy
from web.context import current_actor, language, now, reading, today, writing
from web.forms.mistakes import mistakes_of
from web.residents.once.profile import Entry, Profile, entry_of, profile_of, read_entry
from web.residents.routes import blueprint
from web.residents.telling import components

HERE = "/profile"


@blueprint.post("/applications/<application_id>/keep")
@policy(APPLICANT)
def keep(application_id: str) -> Response:
    """Keep what was ticked, or never ask again."""
    with writing() as session:
        if "never" in request.form:
            proposing.proposals(session, current_actor(), application_id)  # 404 for another's
            keeping.decide(session, current_actor(), now(), consents=False)
        else:
            proposing.accept(session, current_actor(), now(), application_id, request.form.getlist("keep"))
    return redirect(HERE if "never" not in request.form else f"/applications/{application_id}", 303)


@blueprint.get(HERE)
@policy(RESIDENT)
def profile() -> str:
    """What is known, from where; what may be done with it."""
    with reading() as session:
        found: Profile = profile_of(session, current_actor(), today())
    return render_template("residents/profile.html", profile=found)


@blueprint.get(HERE + "/data.json")
@policy(RESIDENT)
def profile_data() -> Response:
    """All that is kept, to take along."""
    with reading() as session:
        kept = keeping.export(session, current_actor())
    response = Response(json.dumps(kept, ensure_ascii=False, indent=1), mimetype="application/json")
    response.headers["Content-Disposition"] = "attachment; filename=profile.json"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post(HERE + "/consent")
@policy(RESIDENT)
def profile_consent() -> Response:
    """On, or off with everything erased."""
    with writing() as session:
        keeping.decide(session, current_actor(), now(), consents=request.form.get("keep") == "yes")
    return redirect(HERE, 303)


@blueprint.post(HERE + "/forget")
@policy(RESIDENT)
def profile_forget() -> Response:
    """Erase everything, or one concept."""
    with writing() as session:
        if concept := request.form.get("concept"):
            keeping.forget(session, current_actor(), now(), [concept])
        else:
            keeping.forget_everything(session, current_actor(), now())
    return redirect(HERE, 303)


@blueprint.get(HERE + "/<concept>")
@policy(RESIDENT)
def profile_entry(concept: str) -> str:
    """One concept, to type."""
    with reading() as session:
        entry = _entry(entry_of(session, current_actor(), today(), concept))
    return _draw(entry)


@blueprint.post(HERE + "/<concept>")
@policy(RESIDENT)
def change_profile_entry(concept: str) -> Response | tuple[str, int]:
    """Keep what was typed; left empty, it is erased."""
    with writing() as session:
        entry = read_entry(_entry(entry_of(session, current_actor(), today(), concept)), request.form, today())
        if entry.failures:
            return _draw(entry), 422
        if entry.answer is not None:
            keeping.keep(session, current_actor(), now(), {concept: Typed(entry.answer)})
        elif entry.kept:
            keeping.forget(session, current_actor(), now(), [concept])
    return redirect(HERE, 303)


def _entry(entry: Entry | None) -> Entry:
    if entry is None:
        raise NotFound
    return entry


def _draw(entry: Entry) -> str:
    mistakes = mistakes_of(entry.form.questions, entry.failures, language(), {}) if entry.failures else None
    beside = mistakes.beside if mistakes else {}
    return render_template(
        "residents/profile_entry.html",
        entry=entry,
        problems=mistakes.summary if mistakes else (),
        questions=components.questions(entry.form, entry.form.questions, entry.texts, beside, None),
    )
