"""The standing promises re-checked on live data."""

from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from procedures.blobs import Blobs
from procedures.checks import chain, contents, histories, keys, numbers, places, work
from procedures.checks.finding import Finding

__all__ = ["CHECKS", "FILE_CHECKS", "Finding", "run"]

CHECKS: tuple[Callable[[Session], Iterator[Finding]], ...] = (
    chain.audit_chain,
    chain.looks_chain,
    chain.frozen_tables,
    histories.histories,
    histories.audited,
    histories.references,
    histories.decisions,
    histories.turns,
    contents.submissions,
    places.places,
    work.dead_jobs,
    numbers.paper_numbers,
    numbers.certificates_registered,
    numbers.stopped,
    keys.keys,
    keys.sealed,
)
FILE_CHECKS: tuple[Callable[[Session, Blobs], Iterator[Finding]], ...] = (
    contents.attachments,
    contents.certificates,
    contents.given_letters,
)


def run(session: Session, blobs: Blobs | None = None) -> list[Finding]:
    """Every check; empty when all is well. Files are compared with their hashes when `blobs` is given."""
    findings = [finding for check in CHECKS for finding in check(session)]
    if blobs is not None:
        findings += [finding for check in FILE_CHECKS for finding in check(session, blobs)]
    return findings
