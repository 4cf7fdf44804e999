"""POST /desk/cases/<id>/claim: taking a case."""

from flask import Response

from procedures.cases import claim
from procedures.errors import Conflict, TransitionRefused
from web.access import MAY, policy
from web.context import current_actor, now, writing
from web.desk.frame import blueprint, to_case
from web.desk.pages.conflicts import Told, told
from web.desk.views.conflict import conflict_answer


@blueprint.post("/desk/cases/<application_id>/claim")
@policy(MAY("case.claim"))
def claim_case(application_id: str) -> Response:
    """Take the case; told who has it where somebody was faster."""
    try:
        with writing() as session:
            claim(session, current_actor(), now(), application_id)
    except Conflict as taken:
        return conflict_answer(application_id, Told("desk.claim_taken", taken.who, taken.when))
    except TransitionRefused as refused:
        return conflict_answer(application_id, told(refused))
    return to_case(application_id, "claimed")
