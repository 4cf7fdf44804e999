"""What is done with an issued paper: revoked, issued again, given up, an answer spelt otherwise. Each with a reason."""

from collections.abc import Callable
from typing import Any

from flask import Response, request

from engine.words import say
from procedures import certificates
from procedures.cases import CaseView
from procedures.errors import NotFound, PaperRefused
from procedures.papers.spelling import Lacking, respell
from procedures.reading.casefile import IssuedCertificate
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, settings, writing
from web.desk.frame import blueprint, show, to_case
from web.desk.panels import Look
from web.desk.panels.papers import lacking_of
from web.desk.views.opening import opened
from web.forms.plain_text import plain_lines

HERE = "/desk/cases/<application_id>/certificates/<certificate_id>"
SPELLING = "/desk/cases/<application_id>/spelling/<place>"
SERVICES: dict[str, Callable[..., Any]] = {
    "again": certificates.issue_again,
    "give_up": certificates.give_up,
    "revoke": certificates.revoke_one,
}


@blueprint.get(HERE + "/<any(again, give_up, revoke):action>")
@policy(MAY("certificate.reissue"), MAY("certificate.revoke"))
def show_paper_form(application_id: str, certificate_id: str, action: str) -> Response:
    """What will happen, and a field for the reason."""
    case = opened(application_id)
    return _form(case, _of(case, certificate_id), action)


@blueprint.post(HERE + "/<any(again, give_up, revoke):action>")
@policy(MAY("certificate.reissue"), MAY("certificate.revoke"))
def take_paper_form(application_id: str, certificate_id: str, action: str) -> Response:
    """Do it; who may, the service decides, with a 404."""
    reason = plain_lines(request.form.get("reason", ""))
    try:
        with writing() as session:
            SERVICES[action](session, current_actor(), now(), application_id, certificate_id, reason)
    except PaperRefused as refused:
        case = opened(application_id)
        problem = [("#reason", say(f"papers.refused_{refused.what}", language()))]
        return _form(case, _of(case, certificate_id), action, 422, reason=reason, problems=problem)
    return to_case(application_id, f"paper_{action}")


@blueprint.get(SPELLING)
@policy(MAY("certificate.reissue"))
def show_spelling_form(application_id: str, place: str) -> Response:
    """Which characters cannot be drawn, and fields for another spelling and its reason."""
    case = opened(application_id)
    return _spelling(case, _lacking(case, place))


@blueprint.post(SPELLING)
@policy(MAY("certificate.reissue"))
def take_spelling_form(application_id: str, place: str) -> Response:
    """Keep the spelling; what was stopped is made anew."""
    spelling, reason = (plain_lines(request.form.get(name, "")) for name in ("spelling", "reason"))
    templates = settings().specs_dir / "templates"
    try:
        with writing() as session:
            respell(session, current_actor(), now(), application_id, place, spelling, reason, templates)
    except PaperRefused as refused:
        case = opened(application_id)
        at = "#reason" if refused.what == "reason" else "#spelling"
        problem = [(at, say(f"papers.refused_{refused.what}", language()))]
        return _spelling(case, _lacking(case, place), 422, spelling=spelling, reason=reason, problems=problem)
    return to_case(application_id, "paper_respelt")


def _of(case: CaseView, certificate_id: str) -> IssuedCertificate:
    found = next((one for one in case.certificates if one.id == certificate_id), None)
    if found is None:
        raise NotFound(certificate_id)
    return found


def _lacking(case: CaseView, place: str) -> Lacking:
    with reading() as session:
        found = lacking_of(session, Look(case, current_actor(), now(), language(), settings()))
    one = next((one for one in found if one.place == place), None)
    if one is None:
        raise NotFound(place)
    return one


def _form(case: CaseView, one: IssuedCertificate, action: str, status: int = 200, **typed: Any) -> Response:
    blank: dict[str, Any] = {"reason": "", "problems": []}
    return show("paper.html", status, case=case, one=one, action=action, **{**blank, **typed})


def _spelling(case: CaseView, one: Lacking, status: int = 200, **typed: Any) -> Response:
    blank: dict[str, Any] = {"spelling": "", "reason": "", "problems": []}
    return show("spelling.html", status, case=case, one=one, **{**blank, **typed})
