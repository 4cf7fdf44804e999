"""The permit of a later day, published with changes; a draft on its way to it."""

from datetime import datetime, timedelta

from engine.model import Procedure
from procedures import amending, drafts, library
from procedures.actors import Actor
from tests.procedures.conftest import SPECS, Desk

PERMIT = (SPECS / "permit.yaml").read_text()
CHANGES = (
    ("      name: {type: string,", "      applicant: {was: name, type: string,"),
    ("maximum: 9}", "maximum: 1}"),
    ("shows: [name, copies]", "shows: [applicant, copies]"),
)


def amend(desk: Desk, day: str, *changes: tuple[str, str], source: str = PERMIT) -> Procedure:
    """Publish the permit of a later day, changed."""
    text = source.replace("version: 2026-04-01", f"version: {day}", 1)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    with desk.database.write() as session:
        return library.publish(session, desk.people.kimura, desk.now, text, "permit.yaml", "").procedure


def day_of(now: datetime, days: int) -> str:
    return (now.date() + timedelta(days=days)).isoformat()


def load(desk: Desk, application_id: str, now: datetime, actor: Actor | None = None) -> drafts.Draft:
    with desk.database.read() as session:
        return drafts.load(session, actor or desk.people.hanako, application_id, now.date())


def move(desk: Desk, application_id: str, now: datetime) -> bool:
    return bool(desk.do(amending.move, desk.people.hanako, application_id, now=now))
