"""The very papers before they are decided on: the same contents, template and code, marked as a sample (見本)."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engine.papers.validity import last_day
from engine.words import say
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.letters import facts as about
from procedures.letters.agreed import LETTER, NOBODY
from procedures.letters.contents import TEMPLATE, Particulars, contents
from procedures.models import Proposal
from procedures.papers import contents as certificates
from procedures.papers.contents import LANGUAGE
from procedures.papers.material import material
from procedures.papers.typesetting import typeset

Sheet = tuple[str, Mapping[str, Any]]
"""A template and its data."""


def sheet_of(
    session: Session, now: datetime, application_id: str, proposal: Proposal, paper: str, authority: str
) -> Sheet:
    """What `paper` (`letter`, `certificate:<kind>`) would say, were it decided now. Raises `NotFound`."""
    facts, today = about.of_proposal(session, application_id, proposal), tokyo_day(now)
    number = say("letter.number_later", LANGUAGE)
    if paper == LETTER:
        return TEMPLATE, contents(facts, Particulars(number, today, authority, preview=True))
    kinds = {f"certificate:{kind.id}": kind for kind in facts.procedure.certificates}
    if paper not in kinds:
        raise NotFound(paper)
    kind = kinds[paper]
    known = material(session, application_id, facts.procedure, today)
    until = last_day(kind, today, known.scope)
    issue = certificates.Issue(
        number, today, until, authority, "", NOBODY, granted=proposal.granted or "", preview=True
    )
    return kind.template, certificates.contents(kind, known, issue)


def drawn(templates: Path, sheet: Sheet) -> bytes:
    """The PDF, never sealed. Outside any transaction. Raises `Undrawable`."""
    return typeset(templates, *sheet)
