"""What a changed answer does further on: found when it is saved, told on the page that comes next."""

from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request

from engine.effects import NOTHING, Effects, effects
from engine.journey import Journey
from web.residents.filling.drafted import Filling
from web.residents.filling.way import Page, unfinished

QUERY = "changed"


def effects_of(filling: Filling, page: Page, journey: Journey) -> Effects:
    """What these answers to `page` change. Nothing on the first way through: there everything is new."""
    here = {field.id for field in page.fields}
    return effects(filling.journey, journey, here) if _been_further(filling, here) else NOTHING


def _been_further(filling: Filling, here: Collection[str]) -> bool:
    """Whether something after these questions was answered, or they were themselves and nothing comes after."""
    fields, answers = list(filling.procedure.fields), filling.draft.answers
    last = max((place for place, id in enumerate(fields) if id in here), default=len(fields))
    if any(id in answers for id in fields[last + 1 :]):
        return True
    return any(id in answers for id in here) and unfinished(filling.journey, filling.day) is None


def telling(address: str, found: Effects, revision: int) -> str:
    """The address of the next page, which tells it of the draft's `revision`."""
    if not found.any:
        return address
    parts = urlsplit(address)
    query = [(key, value) for key, value in parse_qsl(parts.query) if key != QUERY]
    return parts._replace(query=urlencode([*query, (QUERY, str(revision))])).geturl()


def to_tell(filling: Filling) -> Effects:
    """What the page asked for is to tell; once the draft is changed again, nothing."""
    return filling.draft.effects if request.args.get(QUERY) == str(filling.draft.revision) else NOTHING
