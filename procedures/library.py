"""The published procedures: immutable versions, compiled once a process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.model import Procedure
from engine.problems import Problem
from procedures.actors import Actor


class NotPublishable(Exception):
    """The source has problems; nothing was published."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True, slots=True)
class Published:
    """What was published; `new` is False when exactly this was there already."""

    procedure: Procedure
    new: bool


def publish(session: Session, actor: Actor, now: datetime, source: str, file: str, concepts_source: str) -> Published:
    """Publish. Raises `NotPublishable`, and `VersionTaken` for other content under the same id and version."""
    raise NotImplementedError


def current(session: Session, day: date) -> list[Procedure]:
    """The version of every procedure in force on `day` (Tokyo), by id; suspended ones left out."""
    raise NotImplementedError


def open_version(session: Session, procedure_id: str, day: date) -> Procedure:
    """The version in force on `day`. Raises `NotFound`."""
    raise NotImplementedError


def by_digest(session: Session, digest: str) -> Procedure:
    """A published version, compiled; kept in memory by its digest. Raises `NotFound`."""
    raise NotImplementedError
