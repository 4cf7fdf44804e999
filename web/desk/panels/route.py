"""Where a proposal lies on its route, who passed it, and what this person can do with it here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from engine.model import Procedure, Text
from engine.words import say
from procedures.actors import Actor
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.decisions import CHANGES, stages
from procedures.deputising import standing_in
from procedures.letters.agreed import LETTER, papers_of
from procedures.models import Proposal
from procedures.reading.names import names_of
from web.desk.pages.case import open_proposal
from web.desk.panels import Look
from web.security.headers import show_frames


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: passed (by whom, in whose place, when), here, or ahead."""

    title: Text
    state: str
    by: str = ""
    place_of: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """`may`: this person acts here in their own right; `deputising` are (id, name) of those for whom they may.

    `papers` are (id, title) of what it brings; `hashes` of what they say go out with the form and come back.
    """

    proposal: Proposal
    steps: Sequence[Step]
    stage: str
    last: bool
    first: bool
    may: bool
    deputising: Sequence[tuple[str, str]] = ()
    papers: Sequence[tuple[str, Text]] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether this person can do something with it."""
        return self.may or bool(self.deputising)


def read(session: Session, look: Look) -> Route | None:
    """Nothing without an open proposal to decide on; some indexed statements with one."""
    shown = open_proposal(look.case)
    if shown is None or shown.outcome in CHANGES:
        return None
    proposal = session.get_one(Proposal, shown.id)
    procedure, actor = look.case.procedure, look.actor
    place = stages.place_of(procedure, proposal.stage)
    hands = {proposal.proposed_by}
    before = stages.passed(session, proposal.id)
    hands |= {person for one in before for person in (one.by, one.stood_in_for) if person}
    hashes = papers_of(session, look.case.application_id, proposal)
    show_frames()
    return Route(
        proposal=proposal,
        steps=_steps(session, procedure, proposal, before),
        stage=place.here.id if place.here else "",
        last=place.after is None,
        first=place.before is None,
        may=actor.id not in hands and may(actor, "case.endorse", look.case.office, as_role=place.role),
        deputising=() if actor.id in hands else _for_whom(session, look, actor, place, hands),
        papers=[(paper, _title(procedure, proposal, paper)) for paper in hashes],
        hashes=hashes,
    )


def _for_whom(
    session: Session, look: Look, actor: Actor, place: stages.Place, hands: set[str]
) -> list[tuple[str, str]]:
    absent = standing_in(session, actor, look.case.office, place.here, tokyo_day(look.now))
    return [(one.id, one.name) for one in absent if one.id not in hands]


def _steps(
    session: Session, procedure: Procedure, proposal: Proposal, passed: Sequence[stages.Endorsement]
) -> list[Step]:
    route = procedure.review.route if procedure.review else ()
    by = {one.stage: one for one in passed}
    names = names_of(session, [person for one in passed for person in (one.by, one.stood_in_for)])
    here = stages.place_of(procedure, proposal.stage).here
    found = []
    for stage in route:
        one = by.get(stage.id)
        if one is not None and stage != here:
            absent = names.get(one.stood_in_for or "", "")
            found.append(Step(stage.title, "passed", names.get(one.by, one.by), absent, one.at))
        else:
            found.append(Step(stage.title, "here" if stage == here else "ahead"))
    return found


def _title(procedure: Procedure, proposal: Proposal, paper: str) -> Text:
    if paper == LETTER:
        key = f"letter.title_{proposal.outcome}"
        return Text(say(key, "ja"), {"en": say(key, "en")})
    kinds = {f"certificate:{kind.id}": kind.title for kind in procedure.certificates}
    return kinds[paper]
