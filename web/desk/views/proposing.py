"""/desk/cases/<id>/propose: the form, the preview of what the applicant gets, the proposal."""

from flask import Response, request

from engine.lifecycle import Event
from procedures.cases import CaseView
from procedures.decisions import CHANGES, propose
from procedures.errors import NoLawfulReason
from procedures.models import Proposal
from web.access import MAY, policy
from web.context import current_actor, language, now, settings, writing
from web.desk.forms.proposal import ProposalForm, read_proposal
from web.desk.frame import blueprint, show, to_case
from web.desk.pages.case import seen
from web.desk.pages.conflicts import REFUSALS, STALE, Told, told
from web.desk.pages.letters import letter
from web.desk.pages.mails import mail_of
from web.desk.pages.samples import papers_of, sample
from web.desk.views.conflict import conflict_answer
from web.desk.views.opening import opened, refusal_of

SAMPLE = "sample:"


@blueprint.get("/desk/cases/<application_id>/propose")
@policy(MAY("case.propose"))
def show_proposal_form(application_id: str) -> Response:
    """The empty form, or the text of the proposal that was sent back."""
    case = opened(application_id)
    if refusal := refusal_of(case, Event.PROPOSE):
        return conflict_answer(application_id, refusal)
    return _form(case, _former(case))


@blueprint.post("/desk/cases/<application_id>/propose")
@policy(MAY("case.propose"))
def take_proposal(application_id: str) -> Response:
    """`step` says which button was pressed: preview, change or propose."""
    form, case = read_proposal(request.form), opened(application_id)
    if refusal := refusal_of(case, Event.PROPOSE):
        return conflict_answer(application_id, refusal, form.text)
    if request.form.get("seen") != seen(case):
        return _form(case, form, 409, stale=STALE)
    if problems := form.problems(case.procedure, language()):
        return _form(case, form, 422, problems=problems)
    return _step(case, form, request.form.get("step", ""))


def _step(case: CaseView, form: ProposalForm, step: str) -> Response:
    if step.startswith(SAMPLE):
        return sample(case, _transient(case, form), step.removeprefix(SAMPLE))
    return {"propose": _propose, "change": _form}.get(step, _preview)(case, form)


def _former(case: CaseView) -> ProposalForm:
    """The latest proposal of the case, sent back, to be mended rather than typed again."""
    if not case.proposals:
        return ProposalForm()
    latest = max(case.proposals, key=lambda proposal: proposal.at)
    if latest.outcome in CHANGES:
        return ProposalForm()
    return ProposalForm(latest.outcome, latest.reason_codes, latest.text, latest.granted or "")


def _transient(case: CaseView, form: ProposalForm) -> Proposal:
    """The proposal as it would be kept, for its papers alone; it is never kept."""
    return Proposal(
        application_id=case.application_id,
        outcome=form.outcome,
        reason_codes=list(form.codes),
        text=form.text,
        granted=form.granted if form.outcome == "partly" else None,
    )


def _form(
    case: CaseView,
    form: ProposalForm,
    status: int = 200,
    *,
    problems: list[tuple[str, str]] | None = None,
    stale: Told | None = None,
) -> Response:
    stale_words = stale.words(language()) if stale else None
    return show(
        "propose.html", status, case=case, form=form, seen=seen(case), problems=problems or [], stale=stale_words
    )


def _preview(case: CaseView, form: ProposalForm) -> Response:
    preview = letter(case, form.outcome, form.codes, form.text, now(), form.granted)
    mail, papers = mail_of(case, preview, settings()), papers_of(case.procedure, form.outcome)
    return show("preview.html", case=case, form=form, seen=seen(case), letter=preview, mail=mail, papers=papers)


def _propose(case: CaseView, form: ProposalForm) -> Response:
    try:
        with writing() as session:
            actor, words = current_actor(), (form.outcome, form.codes, form.text, form.granted)
            propose(session, actor, now(), case.application_id, *words)
    except REFUSALS as refusal:
        return conflict_answer(case.application_id, told(refusal), form.text)
    except NoLawfulReason:
        return _form(case, form, 422, problems=form.problems(case.procedure, language()))
    return to_case(case.application_id, "proposed")
