"""The published procedures: immutable versions, compiled once a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from engine.compiling import Compiled, Concepts, compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import used_files
from engine.model import Procedure
from engine.problems import Problem, has_errors
from procedures import audit
from procedures.actors import Actor
from procedures.errors import NotFound, VersionTaken
from procedures.models import PublishedProcedure as Row
from procedures.storing.fixed import Fixed

NO_FILES: Mapping[str, str] = MappingProxyType({})
KEPT_IN_MEMORY = 4096
"""Compiled versions a process keeps; the oldest go first and are compiled again when needed."""


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


@dataclass(frozen=True, slots=True)
class InForce:
    """The version that is in force. `suspended`: an operator has closed it until further notice."""

    procedure: Procedure
    suspended: bool


def publish(
    session: Session,
    actor: Actor,
    now: datetime,
    source: str,
    file: str,
    concepts_source: str,
    tariffs: Mapping[str, str] = NO_FILES,
) -> Published:
    """Publish; warnings do not stop it. Of the `tariffs` (sources by file name) those that it uses are kept with it.

    Raises `NotPublishable`; `VersionTaken` for other content under the same id and version.
    """
    compiled, problems = _compile(source, file, concepts_source, tariffs)
    procedure = compiled.procedure
    if procedure is None or has_errors(problems):
        raise NotPublishable(problems)
    same_version = select(Row.digest).where(Row.procedure_id == procedure.id, Row.version == procedure.version)
    digest = session.execute(same_version).scalar_one_or_none()
    if digest == procedure.digest:
        return Published(procedure, new=False)
    if digest is not None:
        raise VersionTaken(f"{procedure.id} {procedure.version} is published with other content: give a new version")
    row = Row(
        digest=procedure.digest,
        procedure_id=procedure.id,
        version=procedure.version,
        file=file,
        source=source,
        concepts=concepts_source,
        shared=used_files(compiled.root, tariffs) or None,
        published_at=now,
        published_by=actor.key,
        bureau=procedure.bureau,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, now, "publish", procedure.id, note=f"{procedure.version} {procedure.digest}")
    return Published(procedure, new=True)


def offered(session: Session, day: date) -> list[InForce]:
    """The version of every procedure in force on `day` (Tokyo), by id."""
    newest = (
        select(Row.procedure_id, func.max(Row.version).label("version"))
        .where(Row.version <= day)
        .group_by(Row.procedure_id)
        .subquery()
    )
    query = (
        select(Row.digest, Row.suspended)
        .join(newest, (Row.procedure_id == newest.c.procedure_id) & (Row.version == newest.c.version))
        .order_by(Row.procedure_id)
    )
    return [InForce(by_digest(session, row.digest), row.suspended) for row in session.execute(query)]


def versions(session: Session, procedure_id: str) -> list[date]:
    """The published versions of a procedure, oldest first; none where there is no such procedure."""
    query = select(Row.version).where(Row.procedure_id == procedure_id).order_by(Row.version)
    return list(session.execute(query).scalars())


def newest(session: Session, procedure_ids: Sequence[str]) -> dict[str, Procedure]:
    """The newest published version of each of these, by id, in this order."""
    query = select(Row.procedure_id, Row.digest).where(Row.procedure_id.in_(procedure_ids)).order_by(Row.version)
    digests = {row.procedure_id: row.digest for row in session.execute(query)}
    return {procedure_id: by_digest(session, digests[procedure_id]) for procedure_id in procedure_ids}


def of_version(session: Session, procedure_id: str, version: date) -> Procedure:
    """One published version, whether in force or not. Raises `NotFound`."""
    query = select(Row.digest).where(Row.procedure_id == procedure_id, Row.version == version)
    digest = session.execute(query).scalar_one_or_none()
    if digest is None:
        raise NotFound(f"{procedure_id} {version}")
    return by_digest(session, digest)


_published = Row.__table__
_IN_FORCE = Fixed(
    select(_published.c.digest, _published.c.suspended)
    .where(_published.c.procedure_id == bindparam("procedure_id"), _published.c.version <= bindparam("day"))
    .order_by(_published.c.version.desc())
    .limit(1)
)


def in_force(session: Session, procedure_id: str, day: date) -> InForce:
    """The version in force on `day`. Raises `NotFound`."""
    row = _IN_FORCE.one_or_none(session, {"procedure_id": procedure_id, "day": day})
    if row is None:
        raise NotFound(procedure_id)
    return InForce(by_digest(session, row.digest), row.suspended)


def by_digest(session: Session, digest: str) -> Procedure:
    """A published version, compiled; kept in memory by its digest. Raises `NotFound`."""
    return _COMPILED.get(digest) or _read(session, digest)


_COMPILED: dict[str, Procedure] = {}


def _compile(
    source: str, file: str, concepts_source: str, tariff_sources: Mapping[str, str], *, checked: bool = True
) -> tuple[Compiled, list[Problem]]:
    concepts, problems = _concepts(concepts_source)
    tariffs, of_tariffs = load_tariffs(tariff_sources)
    compiled = compile_procedure(source, file, concepts, tariffs, checked=checked)
    return compiled, [*problems, *of_tariffs, *compiled.problems]


@lru_cache(maxsize=8)
def _concepts(source: str) -> tuple[Concepts, tuple[Problem, ...]]:
    """The dictionary that many procedures were published with, read once."""
    return load_concepts(source, "concepts.yaml")


def _read(session: Session, digest: str) -> Procedure:
    """Compile from what was published, and remember. Checks added since then do not stop an old version."""
    sources = select(Row.source, Row.file, Row.concepts, Row.shared).where(Row.digest == digest)
    row = session.execute(sources).one_or_none()
    if row is None:
        raise NotFound(digest)
    compiled, problems = _compile(row.source, row.file, row.concepts, row.shared or {}, checked=False)
    procedure = compiled.procedure
    if procedure is None:
        raise NotPublishable(problems)
    if len(_COMPILED) >= KEPT_IN_MEMORY:
        _COMPILED.pop(next(iter(_COMPILED)))
    _COMPILED[digest] = procedure
    return procedure
