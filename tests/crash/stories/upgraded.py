"""A release is put in the place of an earlier one: its migrations run over cases, money, messages and sessions."""

from collections.abc import Mapping
from contextlib import closing
from signal import SIGKILL

import payments.doctor
import procedures.doctor
from procedures.database import Database
from tests.crash.play import Play, Violated
from tests.crash.upgrading.earlier import BACK, steps
from tests.crash.upgrading.looking import Seen, look
from tests.crash.upgrading.migrator import order
from tests.ringed import opened

ROUNDS = 3
"""So often it is begun again from the earlier release while somebody still waits on the way."""


def upgraded(play: Play) -> None:
    """From the earlier release to this one, over one or several between them; run again by whoever finds it undone."""
    for _ in range(ROUNDS):
        with play.system.earlier.copied() as url:
            _bring_up(play, url)
        if not _awaited(play):
            break


def _bring_up(play: Play, url: str) -> None:
    known, at = play.system.earlier.undisturbed, BACK
    while at != steps()[-1]:
        releases = _releases(play, at)
        ended = order(play.system.control.folder, url, releases)
        with closing(opened(url)) as database:
            seen = look(database)
            if ended == 0:
                _arrived(play, database)
            elif ended != -SIGKILL:
                raise Violated(f"migrating to {releases} ended by itself: {ended}")
        died = play.system.control.killed()[-1] if ended else ""
        whole(seen, known, [at, *releases], died)
        at = str(seen.revision)
        play.watch()


def _releases(play: Play, at: str) -> list[str]:
    """What is installed from here on: every release, or some of them, but one whose commit is waited for; this one."""
    left = [revision for revision in steps() if revision > at]
    wanted = _awaited(play)
    if wanted is None:
        return left
    return [one for one in left if one in wanted or one == left[-1] or play.chance.random() < 0.5]


def _awaited(play: Play) -> str | None:
    armed = play.system.control.armed
    return armed if armed and armed.startswith("migrate : ") else None


def whole(seen: Seen, known: Mapping[str, Seen], releases: list[str], died: str) -> None:
    """It stands at one of the releases, with shape and rows as when nobody dies, and no further than it may."""
    if seen.revision not in releases:
        raise Violated(f"the database is at {seen.revision}, and no release of {releases} left it there")
    if differences := seen.differs(known[seen.revision]):
        raise Violated(f"after {died or 'the upgrade'}, at {seen.revision}: {differences[:10]}")
    if not died:
        return
    revision = died.split(" : ")[1]
    done = died.endswith("commit : after")
    if (seen.revision >= revision) is not done:
        raise Violated(f"killed at {died}, and the database is at {seen.revision}")


def _arrived(play: Play, database: Database) -> None:
    """The doctor of this release finds nothing."""
    with database.read() as session:
        blobs = play.system.earlier.blobs
        findings = [*procedures.doctor.run(session, blobs), *payments.doctor.run(session, blobs)]
    if findings:
        raise Violated(f"after the upgrade the doctor finds {findings}")
