"""Checking all answers, and submitting them."""

import json
from collections.abc import Mapping

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.fees import FeeQuote, NoRate, UnknownFee, quote
from engine.lifecycle import Status
from engine.rules.acceptance import Standing
from payments import cases
from procedures.errors import AlreadySubmitted, MandateMissing, NotAccepted, NotComplete, StaleDraft, VersionClosed
from procedures.insight.leaving import CHECK
from procedures.insight.measures import Measure
from procedures.mandates import acting
from procedures.submitting import acceptance
from web.access import APPLICANT, SignInNeeded, policy, require_business, require_recent_sign_in
from web.context import current_actor, language, now, reading, writing
from web.identity.addresses import sign_in_address
from web.residents import insight
from web.residents.filling.drafted import Elsewhere, Filling, open_draft
from web.residents.filling.unsent import places
from web.residents.filling.uploads import file_names
from web.residents.filling.way import pages_of, progress, unfinished
from web.residents.routes import blueprint
from web.residents.telling.effects import told as effects_told
from web.residents.telling.summary import Section, sections
from web.residents.telling.tasks import tasks_address
from web.residents.telling.waivers import asked_told, offers

ADDRESS = "/applications/<application_id>/check"
WAITING = frozenset({Status.AWAITING_FEE, Status.AWAITING_ISSUE_FEE})


@blueprint.get(ADDRESS)
@policy(APPLICANT)
def check_answers(application_id: str) -> Response:
    """All answers with links to change them, the fee, the button."""
    return _page(application_id)


@blueprint.post(ADDRESS)
@policy(APPLICANT)
def submit(application_id: str) -> Response:
    """Submit once: a second click ends where the first one did."""
    try:
        return _submit(application_id)
    except (AlreadySubmitted, Elsewhere, VersionClosed):
        return redirect(f"/applications/{application_id}", 303)
    except SignInNeeded as error:
        here = f"/applications/{application_id}/check"
        return redirect(sign_in_address(here, error.level, fresh=error.fresh, why="submit"), 303)
    except (MandateMissing, NotComplete) as error:
        onward = "acting/mandate" if isinstance(error, MandateMissing) else "check"
        return redirect(f"/applications/{application_id}/{onward}", 303)
    except NotAccepted as refusal:
        return _page(application_id, refused=refusal.standing)
    except StaleDraft:
        return _page(application_id, changed=True)


def _submit(application_id: str) -> Response:
    """In one transaction: what was seen is what is submitted, or nothing is."""
    with writing() as session:
        filling = open_draft(session, application_id)
        filling.go_on()
        require_recent_sign_in(filling.procedure.sign_in)
        require_business(filling.procedure.audience)
        told = sections(filling.journey, file_names(session, filling), filling.id)
        if request.form.get("revision") != str(filling.draft.revision):
            raise StaleDraft(filling.draft.revision)
        for_whom = acting.of_draft(session, current_actor(), filling.procedure, filling.id, filling.day)
        seen = _seen(filling, told, _quote(filling), for_whom)
        done = cases.submit(session, current_actor(), now(), filling.id, filling.draft.revision, seen)
    insight.count(filling.procedure, Measure.SUBMITTED, detail=insight.device())
    onward = "/pay" if done.status in WAITING and done.pay_by else "/submitted"
    return redirect(f"/applications/{application_id}{onward}", 303)


def _page(application_id: str, *, changed: bool = False, refused: Standing | None = None) -> Response:
    with reading() as session:
        filling = open_draft(session, application_id)
        filling.go_on()
        names = file_names(session, filling)
        unsent = places(session, filling)
        standing = refused or acceptance.of_draft(session, filling.procedure, filling.day)
        for_whom = acting.of_draft(session, current_actor(), filling.procedure, filling.id, filling.day)
    status = 409 if changed or refused else 200
    beside = {"unsent": unsent, "acting": for_whom}
    page = _draw(filling, sections(filling.journey, names, filling.id), standing, beside, changed=changed)
    return make_response(page, status)


def _draw(
    filling: Filling, told: list[Section], standing: Standing, beside: Mapping[str, object], *, changed: bool
) -> str:
    place, total = progress(filling.journey, None)
    insight.count(filling.procedure, Measure.SHOWN, CHECK)
    missing = unfinished(filling.journey, filling.day)
    pages, fee = pages_of(filling.journey), None if missing else _quote(filling)
    return render_template(
        "residents/check.html",
        filling=filling,
        standing=standing,
        cautions=[warned.caution for warned in filling.journey.warnings],
        sections=told,
        missing=missing.address(filling.id, then="check") if missing else None,
        quote=fee,
        reductions=asked_told(filling.procedure, fee, filling.day, offers(filling)),
        changed=changed,
        **beside,
        effects=effects_told(filling),
        back=pages[-1].address(filling.id) if pages else f"/applications/{filling.id}",
        place=place,
        total=total,
        tasks=tasks_address(filling),
    )


def _quote(filling: Filling) -> FeeQuote | None:
    """What it costs by these answers today. Without a rate nothing can be submitted: the error is ours, and loud."""
    try:
        return quote(filling.procedure, filling.journey, filling.day)
    except (NoRate, UnknownFee):
        if unfinished(filling.journey, filling.day):
            return None
        raise


def _seen(filling: Filling, told: list[Section], fee: FeeQuote | None, for_whom: acting.State | None) -> str:
    """What the resident saw and agreed to, kept with the submission: titles, answers in words, warnings, the fee."""
    shown = [
        [section.title, [[row.title, row.lines] for row in section.rows]]
        if not section.items
        else [
            section.title,
            [[heading, [[row.title, row.lines] for row in rows]] for heading, rows, _ in section.items],
        ]
        for section in told
    ]
    seen = {"language": language(), "answers": shown, "yen": fee.total if fee else 0}
    if fee and fee.asked:
        seen |= {"asked": [[one.title.say(language()), one.yen] for one in fee.asked], "yen_if_granted": fee.if_granted}
    if warnings := [warned.caution.text.say(language()) for warned in filling.journey.warnings]:
        seen["warnings"] = warnings
    if for_whom:
        seen["for"] = [for_whom.statement.name, for_whom.statement.address]
    return json.dumps(seen, ensure_ascii=False)
