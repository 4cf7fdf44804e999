"""One source text becomes one compiled procedure, or problems; usually all of them at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from engine import checks
from engine.checks.subject import Subject
from engine.compiling import sections, steps
from engine.compiling.concepts import Concepts
from engine.compiling.digest import digest
from engine.compiling.fields import patterns
from engine.compiling.fields.building import FieldBuilder
from engine.compiling.fields.revealing import unfold
from engine.compiling.formulas import Formulas, gather
from engine.compiling.rules.stopping import Rules
from engine.compiling.sections import acceptance, certificates, front, money, review, scenarios
from engine.compiling.tables import named as named_sources
from engine.compiling.tariffs import Tariffs
from engine.language.kinds import Part
from engine.language.procedure import PROCEDURE
from engine.model import Procedure, Text
from engine.problems import Problem, Report
from engine.source import MappingNode, read

DRAFT_DAYS = 30
"""How long a draft lives where the author does not say."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of a source: the procedure, or None where a problem is an error; and its nodes, for places."""

    procedure: Procedure | None
    problems: tuple[Problem, ...]
    root: MappingNode | None = field(default=None, repr=False, compare=False)


def compile_procedure(
    source: str | bytes,
    file: str,
    concepts: Concepts,
    tariffs: Tariffs | None = None,
    *,
    templates: Mapping[str, str] | None = None,
    checked: bool = True,
) -> Compiled:
    """Read, check and compile. Scenarios are built but not run: `engine.scenarios` does that.

    `templates` are the sources of the papers' templates by name, where they are at hand: None leaves them unchecked.
    What was published has been checked by the rules of its day: it is not `checked` again by those of today.
    """
    report = Report(file)
    root = read(source, report)
    if root is None:
        return Compiled(None, report.problems)
    part = PROCEDURE.read(root, "", report)
    procedure = _build(part, concepts, tariffs or Tariffs.empty(), report)
    if checked:
        checks.run(Subject(procedure, root, report, templates=templates))
    return Compiled(None if report.failed else procedure, report.problems, root)


def _build(part: Part, concepts: Concepts, tariffs: Tariffs, report: Report) -> Procedure:
    """The model, with blanks where something was wrong: the checks that follow shall still see the rest."""
    unfold(part, concepts, report)
    named = gather(named_sources(part, report), report)
    names = steps.survey(part.get("steps", {}), named.sources, report)
    formulas = Formulas(names, names, named, report)
    builder = FieldBuilder(formulas, concepts)
    rules = Rules(formulas)
    built = steps.build(part.get("steps", {}), builder, rules)
    rules.gather(part, None)
    formulas.finish()
    fees = money.build(part.get("fees"), formulas, tariffs, built)
    examined = part.get("review")
    reviewed = review.build(examined, formulas)
    if reviewed is not None:
        reviewed = replace(reviewed, clerk_fields=steps.clerk_fields(examined, builder))
        reviewed = replace(reviewed, checklist=review.checklist(examined, formulas))
    return Procedure(
        id=part.get("id", ""),
        version=part.get("version", date.min),
        title=part.get("title", Text("")),
        summary=part.get("summary"),
        bureau=part.get("bureau", ""),
        audience=part.get("audience", ("resident",)),
        law=part.get("law", ()),
        sign_in=front.sign_in(part.get("sign_in")),
        before_you_start=front.before_you_start(part.get("before_you_start")),
        afterwards=front.afterwards(part.get("afterwards")),
        representation=front.representation(part, report),
        conditions=named.ordered(part.get("conditions", {})),
        calculated=named.ordered(part.get("calculated", {})),
        steps=built,
        accepts=acceptance.build(part.get("accepts"), report),
        stops=tuple(rules.stops.values()),
        warnings=tuple(rules.warnings.values()),
        fees=fees,
        review=reviewed,
        certificates=certificates.build(part.get("certificates", {}), formulas),
        schema=_whole(part, report),
        retention_years=sections.number(part, "retention", "years", 1),
        draft_days=sections.number(part, "draft", "days", DRAFT_DAYS),
        draft_grace_days=sections.number(part, "draft", "grace_days", 0),
        scenarios=scenarios.build(part.get("scenarios", ())),
        digest=digest(part.node.plain(), concepts, tariffs),
    )


def _whole(part: Part, report: Report) -> Mapping[str, Any]:
    """The JSON Schema keywords over all answers."""
    schema: dict[str, Any] = part.get("schema", {})
    patterns.check(schema, part.place("schema"), "schema", report)
    return MappingProxyType(schema)
