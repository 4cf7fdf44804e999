"""The certificates of a case: how each stands, what keeps one from being made, what this person can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.lifecycle import FINAL, Status
from procedures.actors import Actor
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.papers.material import material
from procedures.papers.spelling import Lacking, lacking
from procedures.reading.casefile import CertificateState, IssuedCertificate
from web.desk.panels import Look

ACTIONS = {"valid": ("again", "revoke"), "replaced": ("revoke",), "expired": ("revoke",), "stopped": ("give_up",)}
MAY = {"again": "certificate.reissue", "revoke": "certificate.revoke", "give_up": "certificate.reissue"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One certificate, and what may be done with it."""

    certificate: IssuedCertificate
    title: str
    state: CertificateState
    actions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Papers:
    """All of a case; `lacking` are answers that no font of papers can draw."""

    papers: Sequence[Paper]
    lacking: Sequence[Lacking]
    may_respell: bool


def read(session: Session, look: Look) -> Papers:
    """One statement of its own, where something is to be issued or waits to be."""
    case, today = look.case, tokyo_day(look.now)
    titles = {kind.id: kind.title.say(look.language) for kind in case.procedure.certificates}
    papers = []
    for one in case.certificates:
        state = one.state(today)
        actions = [action for action in ACTIONS.get(state, ()) if may(look.actor, MAY[action], case.office)]
        papers.append(Paper(one, titles.get(one.kind, one.number), state, actions))
    ahead = case.status not in FINAL or any(paper.state == "stopped" for paper in papers)
    found = lacking_of(session, look) if ahead and titles and case.status is not Status.DRAFT else ()
    return Papers(papers, found, may_respell(look.actor, case.office))


def lacking_of(session: Session, look: Look) -> Sequence[Lacking]:
    """The answers that keep certificates from being made."""
    known = material(session, look.case.application_id, look.case.procedure, tokyo_day(look.now))
    return lacking(known, look.settings.specs_dir / "templates")


def may_respell(actor: Actor, office: str) -> bool:
    """Whether this person may spell an answer otherwise."""
    return may(actor, "certificate.reissue", office)
