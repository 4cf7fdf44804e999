"""The pages of a draft on which it is said for whom it is, and the mandate is shown."""

from datetime import timedelta

from flask import abort, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.words import say
from procedures import attachments
from procedures.errors import FileRefused, NotFound
from procedures.mandates import acting, granting
from procedures.mandates.acting import PAPER, State
from procedures.mandates.granting import Wish
from procedures.models import MandateGrant
from web.access import RESIDENT, policy
from web.context import current_actor, language, now, reading, services, settings, today, writing
from web.identity.link_secrets import link_secret
from web.residents.acting.reading import Read, read, read_day
from web.residents.filling.drafted import Filling, open_draft
from web.residents.routes import blueprint

ACTING = "/applications/<application_id>/acting"
MANDATE = ACTING + "/mandate"
PURPOSE = "mandate"
ACCEPT = ("image/*", "application/pdf")
USUAL_DAYS = 90


def _opened(session: Session, application_id: str) -> tuple[Filling, State | None]:
    """The draft and for whom it is. Raises 404 where the procedure takes nothing on behalf of others."""
    filling = open_draft(session, application_id)
    if filling.procedure.representation is None:
        raise NotFound(application_id)
    return filling, acting.of_draft(session, current_actor(), filling.procedure, application_id, today())


@blueprint.get(ACTING)
@policy(RESIDENT)
def for_whom(application_id: str) -> str:
    """For oneself, or for whom."""
    with reading() as session:
        filling, state = _opened(session, application_id)
        said = state.statement if state else None
        typed = {"for": "other" if said else "", **{name: getattr(said, name, "") for name in FIELDS}}
        return _form(filling, Read(typed, [], said))


FIELDS = ("kind", "name", "address", "relation")


def _form(filling: Filling, found: Read) -> str:
    rule = filling.procedure.representation
    return render_template(
        "residents/acting.html", filling=filling, rule=rule, typed=found.typed, problems=found.problems
    )


@blueprint.post(ACTING)
@policy(RESIDENT)
def say_for_whom(application_id: str) -> Response | tuple[str, int]:
    """Keep it; on to the mandate, or to the questions."""
    with writing() as session:
        filling, _ = _opened(session, application_id)
        rule = filling.procedure.representation
        found = read(rule, request.form) if rule else abort(404)
        if found.problems:
            return _form(filling, found), 422
        acting.state_for(session, current_actor(), now(), application_id, found.statement)
    onward = "/acting/mandate" if found.statement else ""
    return redirect(f"/applications/{application_id}{onward}", 303)


@blueprint.get(MANDATE)
@policy(RESIDENT)
def show_mandate(application_id: str) -> Response | str:
    """The mandate: on paper, by a link for the principal, or one that is there already."""
    with reading() as session:
        return _mandate(session, application_id, [])


def _mandate(session: Session, application_id: str, problems: list[tuple[str, str]]) -> Response | str:
    filling, state = _opened(session, application_id)
    if state is None:
        return redirect(f"/applications/{application_id}/acting", 303)
    procedure = filling.procedure
    mine = [one for one in granting.of_person(session, current_actor()) if one.asked_by == current_actor().id]
    usable = [
        one for one in mine if granting.holds(one, current_actor(), procedure.id, procedure.sign_in.assurance, today())
    ]
    return render_template(
        "residents/mandate.html",
        filling=filling,
        state=state,
        needs=procedure.representation.needs if procedure.representation else "",
        usable=usable,
        link=_link(state.grant) if state.grant and state.grant.granted_at is None else None,
        until=(today() + timedelta(days=USUAL_DAYS)).isoformat(),
        problems=problems,
    )


def _link(grant: MandateGrant) -> str:
    return f"{settings().public_url.rstrip('/')}/mandates/{grant.id}/{link_secret(settings(), PURPOSE, grant.id)}"


@blueprint.post(MANDATE)
@policy(RESIDENT)
def add_mandate(application_id: str) -> Response | tuple[str, int]:
    """A paper, a link to ask with, or a mandate to use."""
    if "paper" in request.files and request.files["paper"].filename:
        return _take_paper(application_id)
    with writing() as session:
        filling, state = _opened(session, application_id)
        if state is None:
            raise NotFound(application_id)
        if "use" in request.form:
            acting.choose_grant(session, current_actor(), application_id, request.form["use"])
        elif "ask" in request.form and not _ask(session, filling, state):
            return _refused(session, application_id, "until", "mandate.wrong_until")
    return redirect(f"/applications/{application_id}/acting/mandate", 303)


def _ask(session: Session, filling: Filling, state: State) -> bool:
    until = read_day(request.form.get("until", ""))
    if until is None:
        return False
    said = state.statement
    wish = Wish(kind=said.kind, principal=said.name, procedures=(filling.procedure.id,), until=until)
    try:
        grant_id = granting.ask(session, current_actor(), now(), wish)
    except ValueError:
        return False
    acting.choose_grant(session, current_actor(), filling.id, grant_id)
    return True


def _take_paper(application_id: str) -> Response | tuple[str, int]:
    """The bytes are kept before any transaction."""
    with reading() as session:
        _opened(session, application_id)
    file = request.files["paper"]
    adapters = services()
    try:
        prepared = attachments.prepare(
            adapters.blobs, file.filename or "", file.stream.read(), ACCEPT, scanner=adapters.scanner
        )
        with writing() as session:
            attachments.add(session, current_actor(), now(), application_id, PAPER, prepared)
    except FileRefused as refusal:
        with reading() as session:
            words = say(refusal.key, language(), **refusal.params)
            return _page_of(_mandate(session, application_id, [("#paper", words)])), 422
    return redirect(f"/applications/{application_id}/acting/mandate", 303)


def _refused(session: Session, application_id: str, field: str, key: str) -> tuple[str, int]:
    return _page_of(_mandate(session, application_id, [(f"#{field}", say(key, language()))])), 422


def _page_of(answer: Response | str) -> str:
    return answer if isinstance(answer, str) else answer.get_data(as_text=True)


@blueprint.post(MANDATE + "/<attachment_id>/remove")
@policy(RESIDENT)
def remove_paper(application_id: str, attachment_id: str) -> Response:
    """Take the paper away again."""
    with writing() as session:
        attachments.remove(session, current_actor(), now(), application_id, attachment_id)
    return redirect(f"/applications/{application_id}/acting/mandate", 303)
