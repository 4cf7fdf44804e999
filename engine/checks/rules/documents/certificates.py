"""Certificates: what they show exists, how long they are good is clear, and their templates name what there is."""

from collections.abc import Mapping

from engine.checks.rules.mentions import NOT_A_FIELD
from engine.checks.subject import Path, Subject
from engine.model import CertificateKind
from engine.papers.templates import GROUPS, KEYS, Mention, always, mentions
from engine.problems import Code, Suggestion
from engine.source import MappingNode, Node

UNTITLED = Code("shown-untitled", example="certificates: {tag: {shows: [total], …}}      # total has no title")
VALIDITY = Code("validity-unclear", example="certificates: {tag: {valid: {years: 1, months: 6}, …}}")
NO_TEMPLATE = Code("no-such-template", example="certificates: {tag: {template: certifcate, …}}")
NO_VALUE = Code("template-no-such-value", example="#data.values.nmae      (in the template)")
MAY_MISS = Code("template-may-miss", example="#data.values.plate      (in the template; not everybody is asked for it)")

WAYS = frozenset({"years", "months", "days", "until"})


def check(subject: Subject) -> None:
    """Report each, at the certificate that has it."""
    for kind in subject.procedure.certificates:
        _shown(subject, kind)
        valid = _names(subject.root, "certificates", kind.id, "valid")
        if valid is not None and len(WAYS.intersection(valid)) != 1:
            subject.problem(VALIDITY, ("certificates", kind.id, "valid"))
        if subject.templates is not None and kind.template:
            _template(subject, kind, subject.templates)


def _shown(subject: Subject, kind: CertificateKind) -> None:
    written, calculated = _written(subject), subject.procedure.calculated
    for index, name in enumerate(kind.shows):
        path: Path = ("certificates", kind.id, "shows", index)
        if name not in written:
            subject.problem(NOT_A_FIELD, path, name=name, advice=Suggestion.among(name, written))
        elif name in calculated and calculated[name].title is None:
            subject.problem(UNTITLED, path, name=name)


def _written(subject: Subject) -> list[str]:
    """What can be shown, also what did not compile: that has problems of its own."""
    root = subject.root
    steps = [("steps", step, "fields") for step in _names(root, "steps") or ()]
    names = [
        name for place in (*steps, ("calculated",), ("review", "clerk_fields")) for name in _names(root, *place) or ()
    ]
    return list(dict.fromkeys([*names, *subject.with_staff]))


def _names(root: Node, *path: str) -> list[str] | None:
    """The keys of the mapping at `path`; None where none was written."""
    node = root
    for key in path:
        pair = node.pairs.get(key) if isinstance(node, MappingNode) else None
        if pair is None:
            return None
        node = pair.value
    return list(node.pairs) if isinstance(node, MappingNode) else None


def _template(subject: Subject, kind: CertificateKind, templates: Mapping[str, str]) -> None:
    path: Path = ("certificates", kind.id, "template")
    if kind.template not in templates:
        advice = Suggestion.among(kind.template, sorted(templates))
        subject.problem(NO_TEMPLATE, path, name=kind.template, advice=advice)
        return
    for mention in mentions(templates[kind.template]):
        place = f"{kind.template}.typ:{mention.line}"
        known = _known(subject, kind, mention)
        if (mention.id or mention.key) not in known:
            name = ".".join(part for part in ("data", mention.key, mention.id) if part)
            advice = Suggestion.among(mention.id or mention.key, sorted(known))
            subject.problem(NO_VALUE, path, name=name, where=place, advice=advice)
        elif mention.key == "values" and mention.id and not always(subject.procedure, mention.id):
            subject.problem(MAY_MISS, path, name=mention.id, where=place)


def _known(subject: Subject, kind: CertificateKind, mention: Mention) -> frozenset[str]:
    """What could stand there: the keys of `data`, or what the certificate shows of that kind."""
    if mention.key not in GROUPS or not mention.id:
        return KEYS
    lists = {name for name in kind.shows if name in subject.top and subject.top[name].is_list}
    return frozenset(lists if mention.key == "lists" else set(kind.shows) - lists)
