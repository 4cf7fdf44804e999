"""One case as its template needs it."""

from dataclasses import dataclass
from datetime import datetime

from engine.lifecycle import FINAL, Status
from procedures.actors import Actor
from procedures.authority import may
from procedures.cases import CaseView, ProposalView
from procedures.corrections.reading import Request
from procedures.decisions import CHANGES
from web.context import TOKYO
from web.desk.pages import corrections
from web.desk.pages.answers import Section, sections
from web.desk.pages.applicant import Applicant, applicant_of
from web.desk.pages.corrections import Asked
from web.desk.pages.letters import Letter, letter
from web.desk.pages.mails import Mail, mail_of
from web.desk.pages.queue import Due, due
from web.desk.pages.waivers import Waiver, waivers_of
from web.settings import Settings

WAITING = {
    Status.AWAITING_FEE: "wait_fee",
    Status.AWAITING_ISSUE_FEE: "wait_fee",
    Status.CORRECTION_REQUESTED: "wait_applicant",
    Status.DECISION_PROPOSED: "wait_decision",
    Status.RECEIVED: "wait_claim",
    Status.IN_REVIEW: "wait_clerk",
}


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case. `next` says which panel of "what to do next" to draw; `seen` goes out and comes back with each form."""

    case: CaseView
    sections: tuple[Section, ...]
    due: Due | None
    next: str
    seen: str
    proposal: ProposalView | None
    sent_back: ProposalView | None
    letter: Letter | None
    mail: Mail | None
    mine: bool
    applicant: Applicant | None
    requests: tuple[Asked, ...]
    waivers: tuple[Waiver, ...]

    @property
    def undecided(self) -> bool:
        """Whether a reduction waits to be decided."""
        return any(one.asked.waits for one in self.waivers)

    @property
    def correcting(self) -> Asked | None:
        """The request that the applicant has now."""
        return self.requests[0] if self.case.status is Status.CORRECTION_REQUESTED and self.requests else None

    @property
    def corrected(self) -> Asked | None:
        """The request that was answered last, while the clerk looks at the answer."""
        under_review = self.case.status in {Status.IN_REVIEW, Status.DECISION_PROPOSED}
        return (
            self.requests[0]
            if under_review and self.requests and self.requests[0].request.state == "answered"
            else None
        )


def seen(case: CaseView) -> str:
    """Short words for the state that a page shows, to notice that it changed since."""
    return f"{case.status}.{case.round}.{len(case.timeline)}.{len(case.proposals)}"


def open_proposal(case: CaseView) -> ProposalView | None:
    """The proposal that waits for an approver."""
    return next((proposal for proposal in case.proposals if proposal.state == "open"), None)


def next_step(case: CaseView, actor: Actor) -> str:
    """What this person can do with the case: claim, propose, decide; or why they cannot."""
    proposal = open_proposal(case)
    if case.status in FINAL:
        return "nothing_to_do"
    if case.status is Status.AWAITING_FEE and any(one.waits for one in case.waivers):
        return "waiver"
    if proposal and may(actor, "case.decide", case.office):
        return "own_proposal" if proposal.by_id == actor.id else "decide"
    lies = case.status is Status.RECEIVED or (case.status is Status.IN_REVIEW and case.claimed_by_id is None)
    if lies and may(actor, "case.claim", case.office):
        return "claim"
    if case.status is Status.IN_REVIEW and may(actor, "case.propose", case.office):
        return "propose" if case.claimed_by_id == actor.id else "owner_other"
    return WAITING[case.status]


def case_page(
    case: CaseView, actor: Actor, requests: tuple[Request, ...], *, language: str, now: datetime, settings: Settings
) -> CasePage:
    """The page of a case for this actor, with the corrections that were asked for."""
    proposal = open_proposal(case)
    told = _letter(case, proposal, now)
    submitted_on = case.submitted_at.astimezone(TOKYO).date()
    return CasePage(
        case=case,
        sections=sections(case.procedure, case.answers, case.files, language, submitted_on),
        due=due(case.due_on, case.status, now.astimezone(TOKYO).date()),
        next=next_step(case, actor),
        seen=seen(case),
        proposal=proposal,
        sent_back=_sent_back(case),
        letter=told,
        mail=mail_of(case, told, settings) if told else None,
        mine=case.claimed_by_id == actor.id,
        applicant=applicant_of(case.applicant, settings.issuers),
        requests=corrections.told(case, requests, language),
        waivers=waivers_of(case, actor),
    )


def _sent_back(case: CaseView) -> ProposalView | None:
    """The latest proposal if an approver sent it back and the clerk has not answered yet."""
    if case.status is not Status.IN_REVIEW or not case.proposals:
        return None
    latest = max(case.proposals, key=lambda proposal: proposal.at)
    return latest if latest.state == "sent_back" else None


def _letter(case: CaseView, proposal: ProposalView | None, now: datetime) -> Letter | None:
    if proposal is None or proposal.outcome in CHANGES:
        return None
    return letter(case, proposal.outcome, proposal.reason_codes, proposal.text, now, proposal.granted or "")
