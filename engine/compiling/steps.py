"""Builds the steps in their order; every field becomes visible to what stands below it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from keyword import iskeyword
from types import MappingProxyType

from engine.compiling import codes
from engine.compiling.fields.building import FieldBuilder
from engine.compiling.formulas import RESERVED, Inside, Names
from engine.compiling.rules import checks
from engine.compiling.rules.stopping import Rules
from engine.language.kinds import Part
from engine.model import Field, Step
from engine.problems import Report


def survey(steps: Mapping[str, Part], conditions: Mapping[str, object], report: Report) -> Names:
    """Every name of the procedure before anything is compiled: what comes later, what lives inside lists."""
    names = Names()
    lines: dict[str, int] = {}
    for step in steps.values():
        for name, part in step.get("fields", {}).items():
            _judge(name, part, conditions, report)
            if name in lines:
                report.add(codes.DUPLICATE_FIELD, part.node, part.path, name=name, line=lines[name])
            lines.setdefault(name, part.node.line)
            names.later[name] = part.path
            for inner, reached in _inside(name, part):
                names.inside.setdefault(inner, reached)
    return names


def _judge(name: str, part: Part, conditions: Mapping[str, object], report: Report) -> None:
    if name in RESERVED or iskeyword(name):
        report.add(codes.RESERVED_NAME, part.node, part.path, name=name)
    if name in conditions:
        report.add(codes.NAME_CLASH, part.node, part.path, name=name)


def _inside(reach: str, part: Part) -> Iterator[tuple[str, Inside]]:
    """The fields inside an object or a list, however deep, each with an expression that reaches it."""
    items = part.get("items")
    for name, inner in part.get("properties", {}).items():
        yield name, Inside(inner.path, f"{reach}.{name}")
        yield from _inside(f"{reach}.{name}", inner)
    for name, inner in items.get("properties", {}).items() if isinstance(items, Part) else ():
        yield name, Inside(inner.path, f"any(x.{name} for x in {reach})")
        yield from _inside(f"x.{name}", inner)


def build(steps: Mapping[str, Part], builder: FieldBuilder, rules: Rules) -> tuple[Step, ...]:
    """The steps that could be built; their stops and warnings go to `rules`."""
    built = [_step(name, part, builder, rules) for name, part in steps.items()]
    return tuple(step for step in built if step is not None)


def _step(name: str, part: Part, builder: FieldBuilder, rules: Rules) -> Step | None:
    when = builder.formulas.condition(part.get("when"))
    asked: Mapping[str, Part] = part.get("fields", {})
    fields = tuple(_fields(asked, builder))
    checked = checks.build(part, asked, builder.formulas)
    rules.gather(part, name)
    if "title" not in part.values or not fields:
        return None
    return Step(
        id=name,
        title=part.get("title"),
        hint=part.get("hint"),
        when=when,
        was=part.get("was"),
        fields=fields,
        checks=checked,
    )


def _fields(parts: Mapping[str, Part], builder: FieldBuilder) -> Iterator[Field]:
    for name, part in parts.items():
        field = builder.build(name, part, name)
        builder.formulas.names.see(name, None if field is None else field.type.value_type(field))
        if field is not None:
            yield field


def clerk_fields(review: Part, builder: FieldBuilder) -> tuple[Field, ...]:
    """The fields that staff fill in, each with its stage as a setting; they see every answer of the applicant."""
    parts: Mapping[str, Part] = review.get("clerk_fields", {})
    return tuple(_of_stage(field, parts[field.id]) for field in _fields(parts, builder))


def _of_stage(field: Field, part: Part) -> Field:
    stage = part.get("stage")
    return field if stage is None else replace(field, settings=MappingProxyType({**field.settings, "stage": stage}))
