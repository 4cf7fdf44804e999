"""Small procedures of every shape, and a case led to where a test begins."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.model import Procedure
from procedures import cases, decisions, drafts, library, submissions
from procedures.actors import Actor
from procedures.blobs.disk import DiskBlobs
from procedures.database import Database

SPECS = Path(__file__).parent / "specs"
NAMES = ("notice", "permit", "proof", "limited")
ANSWERS: dict[str, dict[str, Any]] = {
    "notice": {"name": "山田 花子", "more": False},
    "permit": {"name": "髙橋 𠮷子", "copies": 2},
    "proof": {"name": "髙橋 𠮷子", "copies": 3},
    "limited": {"name": "髙橋 𠮷子"},
    "route": {"name": "髙橋 𠮷子"},
}


@pytest.fixture
def procedures(database: Database, now: datetime, kimura: Actor) -> dict[str, Procedure]:
    """Published: a notice without fee or review, a permit paid first, a proof paid after its approval, three places."""
    return published(database, now, kimura)


def published(database: Database, now: datetime, kimura: Actor) -> dict[str, Procedure]:
    """Publish them."""
    with database.write() as session:
        return {
            name: library.publish(
                session, kimura, now, (SPECS / f"{name}.yaml").read_text(), f"{name}.yaml", ""
            ).procedure
            for name in NAMES
        }


class Desk:
    """Leads cases through their life, each step in its own transaction as the web does."""

    def __init__(
        self, database: Database, now: datetime, people: Mapping[str, Actor], known: dict[str, Procedure]
    ) -> None:
        self.database, self.now, self.known = database, now, known
        self.people = SimpleNamespace(**people)

    def do(self, service: Callable[..., Any], actor: Actor, *arguments: Any, now: datetime | None = None) -> Any:
        """One service call in one transaction."""
        with self.database.write() as session:
            return service(session, actor, now or self.now, *arguments)

    def draft(self, procedure: str = "permit", actor: Actor | None = None, /, **answers: Any) -> str:
        """A draft at revision 2, filled in."""
        owner = actor or self.people.hanako
        application_id = self.do(drafts.start, owner, self.known[procedure])
        self.do(drafts.save, owner, application_id, {**ANSWERS[procedure], **answers}, 1)
        return application_id

    def submit(self, application_id: str, actor: Actor | None = None, revision: int = 2) -> submissions.Submitted:
        return self.do(submissions.submit, actor or self.people.hanako, application_id, revision, "確認しました")

    def submitted(self, procedure: str = "permit", /, **answers: Any) -> str:
        application_id = self.draft(procedure, **answers)
        self.submit(application_id)
        return application_id

    def received(self, **answers: Any) -> str:
        """A permit that costs nothing: received at once."""
        return self.submitted("permit", **{"copies": 0, **answers})

    def claimed(self, **answers: Any) -> str:
        application_id = self.received(**answers)
        self.do(cases.claim, self.people.sato, application_id)
        return application_id

    def proposed(self, outcome: str = "approve", codes: tuple[str, ...] = (), **answers: Any) -> tuple[str, str]:
        """Case and proposal."""
        application_id = self.claimed(**answers)
        return application_id, self.do(
            decisions.propose, self.people.sato, application_id, outcome, codes, "理由の説明"
        )

    def approve(self, application_id: str, proposal_id: str) -> decisions.Decided:
        return self.do(decisions.approve, self.people.suzuki, application_id, proposal_id)


@pytest.fixture
def desk(database: Database, now: datetime, people: dict[str, Actor], procedures: dict[str, Procedure]) -> Desk:
    return Desk(database, now, people, procedures)


@pytest.fixture
def blobs(tmp_path: Path) -> DiskBlobs:
    """An empty blob store."""
    return DiskBlobs(tmp_path / "blobs")


@pytest.fixture
def later(desk: Desk) -> datetime:
    """Ten days on."""
    return desk.now + timedelta(days=10)
