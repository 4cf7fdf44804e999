"""The concepts that may be kept, as fields of their own: the dictionary of what was published last."""

from datetime import date
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.compiling import compile_procedure, load_concepts
from engine.model import Procedure
from procedures.models import PublishedProcedure
from procedures.storing.fixed import Fixed

_published = PublishedProcedure.__table__
_NEWEST = Fixed(
    select(_published.c.concepts)
    .where(_published.c.version <= bindparam("day"))
    .order_by(_published.c.published_at.desc(), _published.c.version.desc(), _published.c.digest)
    .limit(1)
)
HEAD = """\
id: profile
version: 2000-01-01
title: profile
bureau: profile
retention: {years: 1}
steps:
"""


def dictionary(session: Session, day: date) -> Procedure | None:
    """A procedure with one step and one field for each concept of `reuse: profile`; None where there is none.

    The step's and the field's id is the concept's name with `_` for its dots. `day` in Tokyo.
    """
    row = _NEWEST.one_or_none(session, {"day": day})
    return None if row is None else _compiled(row.concepts)


def id_of(concept: str) -> str:
    """The id of its step and field."""
    return concept.replace(".", "_")


@lru_cache(maxsize=8)
def _compiled(source: str) -> Procedure | None:
    concepts, _ = load_concepts(source, "concepts.yaml")
    names = [name for name, part in concepts.parts.items() if part.get("reuse") == "profile"]
    if not names:
        return None
    steps = "".join(
        f"  {id_of(name)}: {{title: profile, fields: {{{id_of(name)}: {{concept: {name}}}}}}}\n" for name in names
    )
    return compile_procedure(HEAD + steps, "profile.yaml", concepts, checked=False).procedure
