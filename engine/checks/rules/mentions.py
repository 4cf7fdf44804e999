"""Fields and rules that are mentioned by name exist: as evidence of a waiver, in scenarios."""

from collections.abc import Iterator

from engine.checks.subject import Path, Subject
from engine.problems import Code, Suggestion
from engine.source import MappingNode, Node

NOT_A_FIELD = Code("not-a-field", example="certificates: {tag: {shows: [nmae], …}}")
NOT_A_FILE = Code("not-a-file", example="waivers: {dog: {needs: name, …}}")
NOT_A_RULE = Code("not-a-rule", example="expect: {stop: too_yuong}")
NOT_A_STEP = Code("not-a-step", example="expect: {steps: [ownr]}")

RULES = {"stops": {"ja": "打切り", "en": "stop"}, "warnings": {"ja": "注意", "en": "warning"}}


def check(subject: Subject) -> None:
    """Report each name that is none, with the one that was probably meant."""
    known = _every_field(subject)
    for path, name in _mentions(subject):
        if name not in known:
            subject.problem(NOT_A_FIELD, path, name=name, advice=Suggestion.among(name, known))
    _evidence(subject)
    _steps(subject)
    _rules(subject)


def _every_field(subject: Subject) -> list[str]:
    """Also those that did not compile: they have problems of their own."""
    steps = _written(subject.root, "steps")
    written = [name for step in steps.pairs.values() for name in _written(step.value, "fields").pairs]
    return list(dict.fromkeys([*written, *subject.top]))


def _written(node: Node, key: str) -> MappingNode:
    found = node.get(key) if isinstance(node, MappingNode) else None
    return found if isinstance(found, MappingNode) else MappingNode(node.line, node.col)


def _mentions(subject: Subject) -> Iterator[tuple[Path, str]]:
    for waiver in subject.procedure.fees.waivers if subject.procedure.fees else ():
        path: Path = ("fees", "waivers", waiver.id)
        yield from (((*path, "needs", number), name) for number, name in enumerate(waiver.needs))
        if waiver.decision is not None:
            yield (*path, "asked"), waiver.decision.asked
    for index, scenario in enumerate(subject.procedure.scenarios):
        for name in scenario.answers:
            yield ("scenarios", index, "answers", name), name
        for number, rejected in enumerate(scenario.expect.errors):
            yield ("scenarios", index, "expect", "errors", number), rejected.split(".", 1)[0]


def _evidence(subject: Subject) -> None:
    for waiver in subject.procedure.fees.waivers if subject.procedure.fees else ():
        for number, name in enumerate(waiver.needs):
            field = subject.top.get(name)
            if field is not None and field.type.control != "file":
                path = ("fees", "waivers", waiver.id, "needs", number)
                subject.problem(NOT_A_FILE, path, name=field.id, type=field.type.name)


def _steps(subject: Subject) -> None:
    known = list(_written(subject.root, "steps").pairs)
    for path, name in _mentioned_steps(subject):
        if name not in known:
            subject.problem(NOT_A_STEP, path, name=name, advice=Suggestion.among(name, known))


def _mentioned_steps(subject: Subject) -> Iterator[tuple[Path, str]]:
    for value in subject.procedure.calculated.values():
        yield from ((("calculated", value.id, "show", number), name) for number, name in enumerate(value.steps))
    for index, scenario in enumerate(subject.procedure.scenarios):
        for number, name in enumerate(scenario.expect.steps or ()):
            yield ("scenarios", index, "expect", "steps", number), name


def _rules(subject: Subject) -> None:
    """The stops and warnings that scenarios expect."""
    for index, scenario in enumerate(subject.procedure.scenarios):
        path: Path = ("scenarios", index, "expect")
        expected = scenario.expect
        mentions = [("stops", (*path, "stop"), expected.stop)] if expected.stop else []
        warnings = enumerate(expected.warnings or ())
        mentions += [("warnings", (*path, "warnings", number), name) for number, name in warnings]
        for kind, place, name in mentions:
            known = _every_rule(subject, kind)
            if name not in known:
                advice = Suggestion.among(name, known)
                subject.problem(NOT_A_RULE, place, what=RULES[kind], name=name, advice=advice)


def _every_rule(subject: Subject, kind: str) -> list[str]:
    """The names of all stops or warnings, also of those that did not compile."""
    steps = [step.value for step in _written(subject.root, "steps").pairs.values()]
    return [name for holder in (subject.root, *steps) for name in _written(holder, kind).pairs]
