"""Puts points around what lasts: commits, calls, files, papers, mails. Production code stays as it is."""

import functools
import os
from collections.abc import Callable
from typing import Any

from tests.crash.naming import Points

PROVIDER = (
    "open_checkout",
    "checkout",
    "close_checkout",
    "create_refund",
    "refund",
    "refunds_of",
    "dispute",
    "disputes",
    "transactions",
    "payouts",
)


def wrap_everything(points: Points) -> None:
    """For the rest of this process."""
    _wrap_commits(points)
    _wrap_files(points)
    _wrap_provider(points)
    _wrap_papers(points)
    _wrap_messages(points)
    _wrap_outbox(points)
    _wrap_visits(points)


def _around(points: Points, what: str, work: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(work)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        with points.step(what):
            return work(*arguments, **named)

    return wrapped


def _wrap_commits(points: Points) -> None:
    from sqlalchemy.engine.default import DefaultDialect

    commit = DefaultDialect.do_commit

    def do_commit(self: DefaultDialect, connection: Any) -> None:
        with points.commit():
            commit(self, connection)

    DefaultDialect.do_commit = do_commit


def _wrap_files(points: Points) -> None:
    os.rename = _around(points, "file rename", os.rename)
    os.replace = _around(points, "file rename", os.replace)
    os.unlink = _around(points, "file delete", os.unlink)


def _wrap_provider(points: Points) -> None:
    from payments.providers.stripe import StripeProvider

    for name in PROVIDER:
        setattr(StripeProvider, name, _around(points, f"provider {name}", getattr(StripeProvider, name)))


def _wrap_papers(points: Points) -> None:
    import typst

    from procedures import seal

    typst.compile = _around(points, "pdf", typst.compile)
    seal.seal = _around(points, "seal", seal.seal)


def _wrap_messages(points: Points) -> None:
    from procedures.channels.folder import FolderChannel
    from procedures.outgoing.posting import Poster

    FolderChannel.send = _around(points, "mail", FolderChannel.send)
    Poster.send = _around(points, "webhook", Poster.send)


def _wrap_outbox(points: Points) -> None:
    """Claims, done and failed jobs get commits of their own names; a claim begins what the job does."""
    from procedures import jobs

    claim, done, failed = jobs.claim, jobs.done, jobs.failed

    def claimed(*arguments: Any, **named: Any) -> Any:
        job = claim(*arguments, **named)
        if job is not None and points.place.doing is not None:
            points.place.doing.name = f"job {job.kind}"
            points.place.doing.counted = job.kind != "batch.run"
            points.name_commit("claim")
        return job

    def finished(*arguments: Any, **named: Any) -> None:
        points.name_commit("done")
        done(*arguments, **named)

    def gave_up(*arguments: Any, **named: Any) -> bool:
        points.name_commit("failed")
        return bool(failed(*arguments, **named))

    jobs.claim, jobs.done, jobs.failed = claimed, finished, gave_up


def _wrap_visits(points: Points) -> None:
    """What is written at the end of whatever page comes when it is time for it is no step of that page."""
    from web import wiring

    wiring.note_visit = _apart(points, "visit", wiring.note_visit)
    wiring.write_if_due = _apart(points, "counts", wiring.write_if_due)


def _apart(points: Points, name: str, work: Callable[[], None]) -> Callable[[], None]:
    def does() -> None:
        with points.doing(name, counted=False):
            work()

    return does
