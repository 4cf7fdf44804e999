"""A correction: what is asked for, before and after, sending it."""

import json

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.fees import FeeQuote, NoRate, UnknownFee
from engine.words import say
from payments import cases
from procedures import applications
from procedures.corrections import extending, working
from procedures.corrections.resubmitting import LONGEST_NOTE
from procedures.corrections.working import Working
from procedures.errors import NotComplete, NothingCorrected, StaleDraft
from web.access import APPLICANT, policy, require_recent_sign_in
from web.context import current_actor, language, now, reading, today, writing
from web.forms.plain_text import plain_lines
from web.residents.correcting.overview import changes, expected, names_of, overview
from web.residents.routes import blueprint
from web.residents.telling.owed import owed_by
from web.residents.telling.summary import Section, sections

HERE = "/applications/<application_id>/correction"


@blueprint.get(HERE)
@policy(APPLICANT)
def correction(application_id: str) -> Response | str:
    """What must change and why, each with the former answer."""
    with reading() as session:
        work = working.open_request(session, current_actor(), application_id)
        names = names_of(session, work)
        first_day = extending.first_day(session, work.id)
    return render_template(
        "residents/correction.html",
        work=work,
        page=overview(work, names),
        expected=expected(work, today()),
        first_day=first_day,
    )


@blueprint.get(HERE + "/check")
@policy(APPLICANT)
def check_correction(application_id: str) -> Response:
    """Before and after, a word to the office, the button."""
    return _check(application_id)


@blueprint.post(HERE + "/check")
@policy(APPLICANT)
def send_correction(application_id: str) -> Response:
    """Send once: a second click ends where the first one did."""
    note = plain_lines(request.form.get("note", ""))
    if len(note) > LONGEST_NOTE:
        return _check(application_id, note, "corrections.note_long")
    try:
        _send(application_id, note)
    except NotComplete:
        return redirect(f"/applications/{application_id}/correction", 303)
    except NothingCorrected:
        return _check(application_id, note, "corrections.nothing_changed")
    except StaleDraft:
        return _check(application_id, note, stale=True)
    return redirect(f"/applications/{application_id}/correction/sent", 303)


@blueprint.get(HERE + "/sent")
@policy(APPLICANT)
def correction_sent(application_id: str) -> Response | str:
    """That it arrived, and what happens next."""
    with reading() as session:
        case = applications.view_own(session, current_actor(), application_id)
        owed = owed_by(session, application_id, now())
    if case.round <= 1:
        return redirect(f"/applications/{application_id}", 303)
    return render_template("residents/correction_sent.html", case=case, owed=owed)


def _send(application_id: str, note: str) -> None:
    """In one transaction: what was seen is what is sent, or nothing is."""
    with writing() as session:
        work = working.locked_request(session, current_actor(), application_id)
        require_recent_sign_in(work.procedure.sign_in)
        if request.form.get("revision") != str(work.revision):
            raise StaleDraft(work.revision)
        seen = _seen(work, names_of(session, work), note)
        cases.resubmit(session, current_actor(), now(), application_id, work.revision, seen, note)


def _check(application_id: str, note: str = "", wrong: str = "", *, stale: bool = False) -> Response:
    with reading() as session:
        work = working.open_request(session, current_actor(), application_id)
        names = names_of(session, work)
    page = overview(work, names)
    problems = [("#note", say(wrong, language(), most=LONGEST_NOTE))] if wrong else []
    html = render_template(
        "residents/correction_check.html",
        work=work,
        page=page,
        changed=changes(work, names),
        expected=expected(work, today()),
        fee=_fee(work) if page.complete else None,
        note=note,
        problems=problems,
        stale=stale,
    )
    return make_response(html, 422 if problems else 409 if stale else 200)


def _fee(work: Working) -> tuple[int, int] | None:
    """Before and after in yen, where that differs."""
    before, after = work.price_before, _quote(work)
    pair = (before.total if before else 0, after.total if after else 0)
    return pair if pair[0] != pair[1] else None


def _quote(work: Working) -> FeeQuote | None:
    try:
        return work.price_after()
    except (NoRate, UnknownFee):
        if work.corrected.failures:
            return None
        raise


def _seen(work: Working, names: dict[str, str], note: str) -> str:
    """What the resident saw and agreed to, kept with the submission: all answers, what changed, the fee, the note."""
    after = _quote(work)
    told = sections(work.corrected.journey, names, None)
    seen = {
        "language": language(),
        "answers": [_told(section) for section in told],
        "changed": [[one.title, one.before, one.after] for one in changes(work, names)],
        "yen": after.total if after else 0,
        "note": note,
    }
    return json.dumps(seen, ensure_ascii=False)


def _told(section: Section) -> list[object]:
    if not section.items:
        return [section.title, [[row.title, row.lines] for row in section.rows]]
    return [section.title, [[heading, [[row.title, row.lines] for row in rows]] for heading, rows, _ in section.items]]
