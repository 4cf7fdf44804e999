"""What differs between two rounds of a case: question by question, lists item by item, files by their names."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.correcting import differences
from engine.digits import whole
from procedures.reading import casefile
from web.corrections.words import Changed, changed
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Changes:
    """Between round `before` and round `after` of `rounds`; `asked` says whether somebody chose them."""

    rounds: int
    before: int
    after: int
    changed: tuple[Changed, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]
    asked: bool


def read(session: Session, look: Look) -> Changes | None:
    """None before the first correction; after it, one statement. `?before=` and `?after=` choose the rounds."""
    case = look.case
    if case.round < 2:  # noqa: PLR2004 - nothing to compare
        return None
    rounds = casefile.rounds(session, case.application_id)
    after = _chosen(look.asked.get("after", ""), case.round) or case.round
    before = _chosen(look.asked.get("before", ""), case.round) or max(after - 1, 1)
    old, new = rounds[before], rounds[after]
    files = {file.id: file.name for file in (*old.files, *new.files)}
    found = changed(differences(case.procedure, old.answers, new.answers), files, look.language)
    kept_old, kept_new = {file.sha256: file.name for file in old.files}, {file.sha256: file.name for file in new.files}
    return Changes(
        case.round,
        before,
        after,
        tuple(found),
        tuple(name for digest, name in kept_old.items() if digest not in kept_new),
        tuple(name for digest, name in kept_new.items() if digest not in kept_old),
        "before" in look.asked or "after" in look.asked,
    )


def _chosen(text: str, last: int) -> int:
    """The number of a round that there is, or 0."""
    return whole(text, last) or 0
