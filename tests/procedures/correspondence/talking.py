"""Hanako and Sato write to each other."""

from typing import Any

from sqlalchemy import select

from procedures.actors import Actor, posts
from procedures.correspondence import reading, writing
from procedures.models import Job
from tests.procedures.conftest import Desk

ELSEWHERE = Actor("staff", "sato", "佐藤 係員", posts({"clerk", "approver"}, {"elsewhere"}))


def write(desk: Desk, case: str, text: str = "いつ届きますか。", nonce: str = "n", **options: Any) -> bool:
    """Hanako writes."""
    return desk.do(writing.from_applicant, options.pop("by", desk.people.hanako), case, text, nonce, **options)


def answer(desk: Desk, case: str, text: str = "来週です。", nonce: str = "n", seen: int = 0, **options: Any) -> bool:
    """Sato writes."""
    return desk.do(writing.from_office, options.pop("by", desk.people.sato), case, text, nonce, seen, **options)


def seen_by_office(desk: Desk, case: str) -> reading.Exchange:
    with desk.database.read() as session:
        return reading.of_office(session, desk.people.sato, case)


def seen_by_applicant(desk: Desk, case: str) -> reading.Exchange:
    with desk.database.read() as session:
        return reading.of_applicant(session, desk.people.hanako, case)


def kinds(desk: Desk) -> list[str]:
    """The notices about messages that wait to be sent."""
    with desk.database.read() as session:
        jobs = session.execute(select(Job.payload).where(Job.kind == "notice.send").order_by(Job.id)).scalars()
        return [job["kind"] for job in jobs if job["kind"].startswith("message")]
