"""Nothing that was acknowledged is gone, what was to follow did, and the doctor of the new release finds nothing."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.database import open_database
from procedures.keyring.ring import Ring
from procedures.models import Application, CaseMessage, Certificate, Job
from procedures.reading import casefile
from tests.operating.installation import fetch
from tests.operating.versions.both import Both, await_
from tests.operating.versions.people import Filed, Work
from tests.operating.versions.upgrade import Found

_OPEN = ("waiting", "running")


def look(both: Both, work: Work, found: Found) -> None:
    """What is wrong is added to `found`."""
    _judge_load(both, work, found)
    found.wrong += [f"{file.path} is gone" for file in work.files if fetch(both.new.address, file) != file.sha256]
    with closing(open_database(both.new.database_url, 2, Ring(both.data / "keys/ring.json"))) as database:
        with database.read() as session:
            mine = {case.id for case in work.cases}
            found.wrong += [line for case in work.cases for line in _lost(session, case)]

        def issued() -> bool:
            with database.read() as session:
                done = select(Certificate.application_id).where(Certificate.issued_at.is_not(None))
                return mine <= set(session.scalars(done))

        def jobs() -> str:
            with database.read() as session:
                waiting = session.scalars(select(Job).where(Job.state != "done"))
                return f"not every certificate is issued: {[f'{job.kind} {job.state} {job.error}' for job in waiting]}"

        await_(issued, jobs)
        with database.read() as session:
            failed = session.scalars(select(Job).where(Job.state.not_in((*_OPEN, "done"))))
            found.wrong += [f"job {job.kind} {job.state}: {job.error}" for job in failed]
    found.say(f"{len(work.files)} files and {len(work.cases)} cases were acknowledged, and each has its certificate")
    doctor = both.new.run("doctor", fine=False)
    found.say(f"doctor: {doctor.stderr.strip().splitlines()[-1]}")
    if doctor.returncode:
        found.wrong += [doctor.stdout, doctor.stderr[-1000:]]


def _judge_load(both: Both, work: Work, found: Found) -> None:
    balancer = both.balancer
    served = ", ".join(f"{count} by the {name} one" for name, count in sorted(balancer.served.items()))
    found.say(f"requests: {served}; {balancer.by_both()} cases by both; {work.waited()} were told to wait (503)")
    found.wrong += work.troubles
    if not balancer.by_both():
        found.wrong.append("no case was served by both releases")
    for release, name in ((both.old, "old"), (both.new, "new")):
        for command in ("serve", "worker"):
            broke = [line for line in release.said(command).splitlines() if "_failed" in line and '"event"' in line]
            found.wrong += [f"{name} {command}: {line[:600]}" for line in broke[:5]]


def _lost(session: Session, case: Filed) -> Iterator[str]:
    """What of a case is not as it was acknowledged."""
    status = session.scalar(select(Application.status).where(Application.id == case.id))
    if status != "approved":
        yield f"case {case.id} was decided, and is {status}"
        return
    kept = casefile.submission(session, case.id).answers
    messages = session.scalars(select(CaseMessage.text).where(CaseMessage.application_id == case.id)).all()
    for words in case.words:
        if words not in kept.values() and words not in messages:
            yield f"case {case.id}: {words!r} was acknowledged, and is not there"
