"""Two workers at the same moment tell a clerk once, on both databases."""

from datetime import datetime
from threading import Barrier, Thread

from sqlalchemy import func, select, update

from procedures.clock import digest
from procedures.clock.escalating import escalate
from procedures.clock.finding import Rules
from procedures.models import Escalation, Job, Person
from tests.procedures.clock.by_hand import moment
from tests.procedures.corrections.conftest import CorrectionDesk


def test_at_the_same_moment(desk: CorrectionDesk) -> None:
    for _ in range(3):
        desk.claimed()
    with desk.database.write() as session:
        session.execute(update(Person).where(Person.id == "sato").values(email="sato@office.example.jp"))
    start, at = Barrier(3), moment("2026-05-15")

    def work(now: datetime) -> None:
        start.wait()
        with desk.database.write() as session:
            escalate(session, now, Rules())

    threads = [Thread(target=work, args=(at,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).where(Job.kind == digest.JOB)) == 1
        assert session.scalar(select(func.count()).select_from(Escalation)) == 3
