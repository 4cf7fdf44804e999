"""Rows of all cases, read for a check although something in them may not open."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from procedures.keyring.envelopes import NotThisPlace
from procedures.keyring.live import KeyMissing, current
from procedures.keyring.ring import MasterMissing
from procedures.storing.chunks import in_chunks


def rows_of(
    session: Session, query: Select[Any], case: ColumnElement[str], ids: Iterable[str], before: str = ""
) -> Iterator[tuple[str, Sequence[Any] | None]]:
    """Each case with its rows of `query`; None where they do not open although there is a key: they were changed.

    A case without its key is passed over: the checks of keys tell of it. Keys of what is no case are found by its id
    with `before` before it.
    """
    for some in in_chunks(ids):
        current().meet(before + one for one in some)
        for one in some:
            try:
                yield one, session.execute(query.where(case == one)).mappings().all()
            except NotThisPlace:
                yield one, None
            except (KeyMissing, MasterMissing):
                continue
