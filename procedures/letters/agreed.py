"""The papers that a decision brings, each with the hash of what it says: what an approver sees, and agrees to."""

from sqlalchemy.orm import Session

from engine.lifecycle import Event
from procedures.decisions.outcomes import ADVERSE, EVENTS
from procedures.examining.entries import filled_in
from procedures.letters import facts as about
from procedures.letters.contents import Particulars, contents
from procedures.models import Proposal
from procedures.papers import contents as certificates
from procedures.papers.agreed import A_DAY, content_hash
from procedures.papers.codes import Verifying
from procedures.papers.shown import Material
from procedures.reading import casefile

LETTER = "letter"
NOBODY = Verifying("", "")


def papers_of(session: Session, application_id: str, proposal: Proposal) -> dict[str, str]:
    """Hashes by paper: `letter`, `certificate:<kind>`."""
    facts = about.of_proposal(session, application_id, proposal)
    found: dict[str, str] = {}
    if proposal.outcome in ADVERSE:
        found[LETTER] = content_hash(contents(facts, Particulars("", A_DAY, "")))
    if EVENTS[proposal.outcome] is Event.APPROVE:
        answers, staff = casefile.submission(session, application_id).answers, filled_in(session, application_id)
        known = Material(facts.procedure, answers, A_DAY, staff)
        issue = certificates.Issue("", A_DAY, None, "", "", NOBODY, granted=proposal.granted or "")
        for kind in facts.procedure.certificates:
            said = certificates.contents(kind, known, issue)
            found[f"certificate:{kind.id}"] = content_hash(said)
    return found
