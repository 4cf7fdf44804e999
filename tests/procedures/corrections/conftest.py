"""Cases that wait for a correction."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.correcting import Place
from engine.model import Procedure
from procedures import cases, library
from procedures.actors import Actor
from procedures.corrections import requesting, working
from procedures.corrections.kept import Mark
from procedures.corrections.working import Working
from procedures.database import Database
from tests.procedures.conftest import ANSWERS, Desk

KENNEL = (Path(__file__).parents[1] / "specs" / "kennel.yaml").read_text(encoding="utf-8")
DOGS = [{"call_name": "ポチ"}, {"call_name": "ハチ"}]
DUE = date(2026, 5, 15)
"""Five business days after 1 May 2026, over the holidays of early May, are 13 May."""


class CorrectionDesk(Desk):
    """Leads cases to a correction and through it."""

    def ask(
        self, application_id: str, *places: Place, words: str = "", due_on: date = DUE, now: datetime | None = None
    ) -> str:
        """Sato asks for these answers to be corrected."""
        marks = [Mark(place, "読み取れません。") for place in places]
        return self.do(requesting.request, self.people.sato, application_id, marks, words, due_on, now=now)

    def asked(self, *places: Place, procedure: str = "permit", **answers: Any) -> str:
        """A case that waits for its correction."""
        application_id = self.claimed(**answers) if procedure == "permit" else self.kennel(**answers)
        self.ask(application_id, *(places or (("name",),)))
        return application_id

    def kennel(self, **answers: Any) -> str:
        """A kennel of two dogs, claimed by Sato."""
        application_id = self.submitted("kennel", **answers)
        self.do(cases.claim, self.people.sato, application_id)
        return application_id

    def work(self, application_id: str, actor: Actor | None = None) -> Working:
        """The request as its applicant sees it."""
        with self.database.read() as session:
            return working.open_request(session, actor or self.people.hanako, application_id)

    def change(self, application_id: str, place: Place, answer: Any) -> int:
        """Hanako saves a new answer."""
        revision = self.work(application_id).revision
        return self.do(working.save, self.people.hanako, application_id, place, answer, revision)

    def see(self, application_id: str) -> cases.CaseView:
        """The case on the desk."""
        with self.database.read() as session:
            return cases.view(session, self.people.sato, application_id)


@pytest.fixture
def desk(
    database: Database,
    now: datetime,
    people: Mapping[str, Actor],
    procedures: dict[str, Procedure],
    kimura: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> CorrectionDesk:
    """The desk, with a kennel beside the usual procedures."""
    monkeypatch.setitem(ANSWERS, "kennel", {"kind": "person", "dogs": DOGS})
    with database.write() as session:
        kennel = library.publish(session, kimura, now, KENNEL, "kennel.yaml", "").procedure
    return CorrectionDesk(database, now, people, {**procedures, "kennel": kennel})
