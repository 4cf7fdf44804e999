"""Every kind of person at a route: what they get for the object, and for one that is missing."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.routing import Rule

from tests.gate.addresses import FORMS, QUERIES, address, misplaced, missing, values_of
from tests.gate.judging import door, essence, unprotected
from tests.gate.people import KINDS
from tests.gate.world import World

APART = ("/static/", "/sign-in/<issuer_id>/callback", "/sign-in/<issuer_id>")
"""Files of ours; and the ways to and from an issuer, which has tests of its own."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
EVERYBODY = tuple(kind.name for kind in KINDS)
WRITTEN_WHILE_READING: Mapping[str, str] = {
    "look": "whatever staff and systems are shown of a case is written down before it is sent",
    "look_head": "the chain that those rows hang on",
    "tries": "how often somebody asks is counted for all processes together (/verify/<code>, the API)",
}
"""Tables that a GET may write to, and why; none of them holds anything of a case."""
NOTHING_TO_HIDE: Mapping[str, str] = {
    "POST /manage/<office>/take": "an operator, who sees all offices, takes away what nobody holds",
    "GET /author/procedures/<procedure_id>": "an author sees every procedure",
}
"""Where a missing object may answer otherwise than with 404."""


@dataclass
class Tried:
    """One line of the table as it came out, and what was wrong on the way."""

    line: str
    letters: str
    faults: list[str]


def lines(world: World) -> Iterator[tuple[str, Rule]]:
    """Every method of every rule that is declared."""
    rules = sorted(world.app.url_map.iter_rules(), key=lambda rule: rule.rule)
    for rule in rules:
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            if not rule.rule.startswith(APART[0]) and rule.rule not in APART:
                yield method, rule


def try_route(world: World, method: str, rule: Rule, who: Collection[str] = EVERYBODY) -> Tried:
    """These kinds of person, one after another; a dot for the others."""
    tried = Tried(f"{method} {rule.rule}", "", [])
    values = values_of(rule, world.objects)
    here, nowhere = address(rule, values) + QUERIES.get(tried.line, ""), missing(rule, values)
    elsewhere = misplaced(rule, values, world.objects)
    for kind in KINDS:
        if kind.name not in who:
            tried.letters += "."
            continue
        letter = _letter(world, tried, kind.name, method, here, nowhere)
        tried.letters += letter
        if letter == "+" and elsewhere and nowhere:
            _compare_misplaced(world, tried, kind.name, method, elsewhere, nowhere)
    return tried


def _letter(world: World, tried: Tried, name: str, method: str, here: str, nowhere: str | None) -> str:
    form = FORMS.get(tried.line)
    answer = world.send(name, method, here, form)
    _watch(world, tried, name, method)
    tried.faults += [f"{name}: {fault}" for fault in unprotected(answer)]
    if answer.status_code >= 500:
        tried.faults.append(f"{name}: {answer.status_code}")
    if turned := door(answer):
        if unexpected := set(world.written) - {"tries"}:
            tried.faults.append(f"{name}: is turned away and yet writes to {', '.join(sorted(unexpected))}")
        return turned
    if nowhere is None:
        return "-" if answer.status_code == 404 else "+"
    other = world.send(name, method, nowhere, form)
    _watch(world, tried, name, method)
    tried.faults += [f"{name} (nothing there): {fault}" for fault in unprotected(other)]
    alike = essence(answer, here) == essence(other, nowhere)
    if alike:
        return "-" if answer.status_code == 404 else "="
    if answer.status_code == 404:
        tried.faults.append(f"{name}: another's is told from a missing one")
    elif other.status_code != 404 and tried.line not in NOTHING_TO_HIDE:
        tried.faults.append(f"{name}: a missing one answers {other.status_code}")
    return "+"


def _compare_misplaced(world: World, tried: Tried, name: str, method: str, elsewhere: str, nowhere: str) -> None:
    answer = world.send(name, method, elsewhere)
    other = world.send(name, method, nowhere)
    if essence(answer, elsewhere) != essence(other, nowhere):
        tried.faults.append(f"{name}: what lies below another's case is found below this one ({answer.status_code})")


def _watch(world: World, tried: Tried, name: str, method: str) -> None:
    if method in SAFE and (unexpected := set(world.written) - WRITTEN_WHILE_READING.keys()):
        tried.faults.append(f"{name}: reading writes to {', '.join(sorted(unexpected))}")
