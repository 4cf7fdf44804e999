"""A field of several forms (`oneOf`, `anyOf` of objects) as one object: a choice of the form, and what each asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.compiling import codes
from engine.compiling.fields.merging import Merged
from engine.language.fields import FIELD
from engine.language.kinds import WRONG, FormulaSource, Part
from engine.language.options import OptionSource
from engine.model import Text
from engine.problems import Report
from engine.source import MappingNode, Node, SequenceNode

KEYWORDS = ("oneOf", "anyOf")


@dataclass(slots=True)
class _Asked:
    """A question of one or more forms: where it stands, and the forms that ask and that need it."""

    node: Node
    path: str
    forms: list[str] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)


def unfold(merged: Merged, report: Report) -> Merged:
    """The field as an object, where it has several forms that are told apart by a constant; else as it is.

    The forms stay in its JSON Schema, so that an answer must still be as one of them says.
    """
    keyword = next((keyword for keyword in KEYWORDS if _are_objects(merged.get(keyword))), None)
    written = merged.part.node.pairs.get(keyword) if keyword else None
    if merged.get("properties") or written is None or not isinstance(written.value, SequenceNode):
        return merged
    forms = [node for node in written.value.items if isinstance(node, MappingNode)]
    path = merged.part.at(keyword or "")
    telling = _telling([form.plain() for form in forms])
    if telling is None:
        report.add(codes.FORMS_ALIKE, written.value, path)
        return Merged(merged.part, {**merged.values, "type": None}, whole=False)
    choice = _choice(telling, forms, path, merged)
    questions = _questions(telling, forms, path, merged.get("required") or (), report)
    properties = {telling: choice, **_parts(telling, questions, len(forms), report)}
    kept = {key: value for key, value in merged.values.items() if key != "required"}
    return Merged(merged.part, {**kept, "type": "object", "properties": properties}, merged.whole)


def _are_objects(forms: Any) -> bool:
    return bool(forms) and all(isinstance(form, Mapping) and form.get("properties") for form in forms)


def _telling(forms: Sequence[Mapping[str, Any]]) -> str | None:
    """The name of the property that is another constant text in each form."""
    for name in forms[0]["properties"]:
        values = [_constant(form["properties"].get(name)) for form in forms]
        if None not in values and len(set(values)) == len(values):
            return str(name)
    return None


def _constant(schema: object) -> str | None:
    value = schema.get("const") if isinstance(schema, Mapping) else None
    return value if isinstance(value, str) else None


def _choice(telling: str, forms: Sequence[MappingNode], path: str, merged: Merged) -> Part:
    """The choice of the form; each form's title is the wording of its option."""
    options = []
    for form in forms:
        plain = form.plain()
        value = plain["properties"][telling]["const"]
        options.append(OptionSource(value, Text(str(plain.get("title", value)))))
    first, own = _property(forms[0], telling), forms[0].plain()["properties"][telling].get("title")
    title = Text(own) if own else merged.get("title", Text(""))
    return Part(first, f"{path}.0.properties.{telling}", {"type": "choice", "title": title, "options": tuple(options)})


def _property(form: MappingNode, name: str) -> MappingNode:
    properties = form.pairs["properties"].value
    found = properties.pairs[name].value if isinstance(properties, MappingNode) else properties
    assert isinstance(found, MappingNode)  # noqa: S101 - a property that says something
    return found


def _questions(
    telling: str, forms: Sequence[MappingNode], path: str, always: Sequence[str], report: Report
) -> dict[str, _Asked]:
    """What the forms ask besides, each question once; two of one name that differ are reported."""
    found: dict[str, _Asked] = {}
    for place, form in enumerate(forms):
        plain = form.plain()
        value, required = plain["properties"][telling]["const"], plain.get("required")
        for name, schema in plain["properties"].items():
            if name == telling or not isinstance(schema, Mapping):
                continue
            here = f"{path}.{place}.properties.{name}"
            one = found.setdefault(name, _Asked(_property(form, name), here))
            if one.node.plain() != schema:
                report.add(codes.FORMS_DIFFER, _property(form, name), here, name=name, other=one.path)
            one.forms.append(value)
            if required is None or name in {*required, *always}:
                one.needed.add(value)
    return found


def _parts(telling: str, questions: Mapping[str, _Asked], forms: int, report: Report) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for name, asked in questions.items():
        part = FIELD.read(asked.node, asked.path, report)
        if part is WRONG:
            continue
        more = {}
        if len(asked.forms) < forms:
            more["when"] = _formula(_is_one_of(telling, asked.forms), asked)
        if not asked.needed:
            more["optional"] = _formula("True", asked)
        elif asked.needed < set(asked.forms):
            more["optional"] = _formula(f"not ({_is_one_of(telling, sorted(asked.needed))})", asked)
        parts[name] = Part(part.node, part.path, {**part.values, **more})
    return parts


def _is_one_of(name: str, values: Sequence[str]) -> str:
    return f"{name} == {values[0]!r}" if len(values) == 1 else f"{name} in {tuple(values)!r}"


def _formula(text: str, asked: _Asked) -> FormulaSource:
    return FormulaSource(text, asked.node.line, asked.node.col, asked.path, exact=False)
