"""GET /desk/cases/<id>/proposals/<proposal>/<paper>: a paper of a proposal as a sample; letters as issued."""

from flask import Response, request

from procedures.cases import view
from procedures.decisions.outcomes import CHANGES
from procedures.errors import NotFound
from procedures.letters import open_letter
from procedures.models import Proposal
from web import looks
from web.access import MAY, policy
from web.context import current_actor, reading, services
from web.desk.frame import blueprint
from web.desk.pages.samples import papers_of, sample
from web.files import sandboxed


@blueprint.get("/desk/cases/<application_id>/proposals/<proposal_id>/<paper>")
@policy(MAY("case.read"))
def show_sample(application_id: str, proposal_id: str, paper: str) -> Response:
    """The PDF as it would be issued now. 404 for another case's proposal, a missing one and one of another kind."""
    actor = current_actor()
    with reading() as session:
        case = view(session, actor, application_id)
        proposal = session.get(Proposal, proposal_id)
        if proposal is None or proposal.application_id != application_id or proposal.outcome in CHANGES:
            raise NotFound(proposal_id)
        if paper not in {known for known, _ in papers_of(case.procedure, proposal.outcome)}:
            raise NotFound(paper)
        session.expunge(proposal)
    looks.record(actor, application_id, "certificate", proposal_id)
    return sample(case, proposal, paper)


@blueprint.get("/desk/cases/<application_id>/letters/<letter_id>")
@policy(MAY("case.read"))
def show_letter(application_id: str, letter_id: str) -> Response:
    """The sealed letter as issued."""
    actor = current_actor()
    with reading() as session:
        opened = open_letter(session, services().blobs, actor, application_id, letter_id)
    looks.record(actor, application_id, "certificate", letter_id)
    return sandboxed(opened, save="save" in request.args)
