"""What somebody wrote about whom they act for, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.model.procedure import Representation
from engine.words import say
from procedures.mandates.acting import Statement
from web.context import language

LONGEST = {"name": 100, "address": 200, "relation": 60}


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed, what is wrong with it ([(href, words)]), and the statement where nothing is."""

    typed: Mapping[str, str]
    problems: list[tuple[str, str]]
    statement: Statement | None


def read(rule: Representation, form: Mapping[str, str]) -> Read:
    """`for` is self or other; names and addresses stay as they are written, but for the spaces around them."""
    typed = {name: form.get(name, "").strip() for name in ("for", "kind", *LONGEST)}
    if typed["for"] == "self":
        return Read(typed, [], None)
    wrong = _wrong(rule, typed)
    problems = [(f"#{name}", say(f"mandate.wrong_{name}", language())) for name in wrong]
    if problems:
        return Read(typed, problems, None)
    facts = {name: typed[name] for name in LONGEST}
    return Read(typed, [], Statement(kind=typed["kind"], **facts))


def _wrong(rule: Representation, typed: Mapping[str, str]) -> list[str]:
    if typed["for"] != "other":
        return ["for"]
    wrong = [] if typed["kind"] in rule.by else ["kind"]
    wrong += [name for name in ("name", "address") if not typed[name]]
    if not typed["relation"] and typed["kind"] != "attorney":
        wrong.append("relation")
    return wrong + [name for name, most in LONGEST.items() if len(typed[name]) > most and name not in wrong]


def read_day(text: str) -> date | None:
    """A day as browsers send it; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
