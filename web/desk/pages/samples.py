"""The papers that a proposal would bring, as samples: the very PDF that will be issued, but for its number and seal."""

from io import BytesIO

from flask import Response

from engine.model import Procedure, Text
from engine.words import say
from procedures.attachments import Opened
from procedures.cases import CaseView
from procedures.decisions.outcomes import ADVERSE
from procedures.letters.agreed import LETTER
from procedures.letters.previewing import drawn, sheet_of
from procedures.models import Proposal
from procedures.papers.typesetting import Undrawable
from web.context import now, reading, settings
from web.desk.pages.conflicts import Told
from web.desk.views.conflict import conflict_answer
from web.files import sandboxed


def papers_of(procedure: Procedure, outcome: str) -> list[tuple[str, Text]]:
    """Which papers a decision brings: (id, title)."""
    key = f"letter.title_{outcome}"
    found = [(LETTER, Text(say(key, "ja"), {"en": say(key, "en")}))] if outcome in ADVERSE else []
    if outcome in {"approve", "partly"}:
        found += [(f"certificate:{kind.id}", kind.title) for kind in procedure.certificates]
    return found


def sample(case: CaseView, proposal: Proposal, paper: str) -> Response:
    """The PDF. Made outside any transaction; never kept, never sealed."""
    chosen = settings()
    with reading() as session:
        sheet = sheet_of(session, now(), case.application_id, proposal, paper, chosen.authority.name.ja)
    try:
        pdf = drawn(chosen.specs_dir / "templates", sheet)
    except Undrawable:
        return conflict_answer(case.application_id, Told("desk.sample_fails"), proposal.text)
    return sandboxed(Opened(f"{case.reference}-sample.pdf", "application/pdf", len(pdf), BytesIO(pdf)))
