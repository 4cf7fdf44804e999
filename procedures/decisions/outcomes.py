"""What can be decided, and the reasons and the appeal notice that each outcome is told with."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from engine.lifecycle import Event
from engine.model import Procedure
from engine.words import LANGUAGES, say
from procedures import grounds

Outcome = Literal["approve", "partly", "refuse"]
Change = Literal["revoke", "reopen"]
"""What happens to a case that was decided before: 職権取消し, and taking it up again."""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
CHANGES: tuple[Change, ...] = get_args(Change)

EVENTS: Mapping[str, Event] = {
    "approve": Event.APPROVE,
    "partly": Event.APPROVE,
    "refuse": Event.REFUSE,
    "revoke": Event.REVOKE,
    "reopen": Event.REOPEN,
}
ADVERSE = frozenset({"partly", "refuse", "revoke"})
"""Told with reasons (理由の提示, 行政手続法第8条, 第14条) and how to appeal (教示, 行政不服審査法第82条)."""


def reasons(procedure: Procedure, outcome: str, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The reasons in words. Raises `NoLawfulReason` for an adverse outcome without one, or one not on the list."""
    if outcome not in ADVERSE:
        return []
    return grounds.frozen(procedure.review.refusal_reasons if procedure.review else (), codes)


def appeal(procedure: Procedure, outcome: str) -> dict[str, str] | None:
    """How to appeal, by language: the procedure's words, or those of the statutes where it has none."""
    if outcome not in ADVERSE:
        return None
    own = procedure.review.appeal if procedure.review else None
    return grounds.by_language(own) if own else {language: say("decision.appeal", language) for language in LANGUAGES}
