"""Grounds on which something is refused, frozen in the words in which they are told (理由の提示, 行政手続法第8条)."""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.model import RefusalReason, Text
from procedures.errors import NoLawfulReason


def frozen(listed: Iterable[RefusalReason], codes: Sequence[str]) -> list[dict[str, Any]]:
    """The chosen reasons in words. Raises `NoLawfulReason` without one, or with one that is not on the list."""
    known = {reason.code: reason for reason in listed}
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        raise NoLawfulReason(unknown)
    return [{"code": code, "title": by_language(known[code].title), "law": known[code].law} for code in codes]


def by_language(text: Text) -> dict[str, str]:
    """A wording as it is kept."""
    return {"ja": text.ja, **text.others}
