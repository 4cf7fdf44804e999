"""A case opened to be worked on: looked at, which is noted; and why it cannot be worked on now."""

from engine.lifecycle import Event
from procedures.cases import CaseView, view
from web import looks
from web.context import current_actor, reading
from web.desk.pages.case import next_step
from web.desk.pages.conflicts import Told


def opened(application_id: str) -> CaseView:
    """The case as this person sees it; the look is noted. `NotFound` for a missing one and another office's alike."""
    actor = current_actor()
    with reading() as session:
        case = view(session, actor, application_id)
    looks.record(actor, application_id, "case")
    return case


def refusal_of(case: CaseView, event: Event) -> Told | None:
    """Why this person, as the clerk of the case, cannot do `event` now; None if they can."""
    step = next_step(case, current_actor())
    if event in case.actions and step in {"propose", "waiver"}:
        return None
    if case.claimed_by and step == "owner_other":
        return Told("desk.next_owner_other", case.claimed_by)
    return Told("desk.not_possible", status=case.status)
