"""Stops and warnings of the procedure and of its steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.compiling.formulas import Formulas
from engine.compiling.rules import codes
from engine.language.kinds import Part
from engine.model import Caution, Link, Stop


@dataclass(slots=True)
class Rules:
    """The stops and warnings met so far, by name."""

    formulas: Formulas
    stops: dict[str, Stop] = field(default_factory=dict)
    warnings: dict[str, Caution] = field(default_factory=dict)

    def gather(self, part: Part, step: str | None) -> None:
        """Those of a step, once its fields are known; those of the procedure (no `step`), once all are."""
        for name, one in part.get("stops", {}).items():
            self._judge(name, one, self.stops)
            when = self.formulas.condition(one.get("when"))
            if when is not None and one.values.keys() >= {"reason", "instead"}:
                reason, instead, law = one.get("reason"), one.get("instead"), one.get("law")
                stop = Stop(id=name, step=step, when=when, reason=reason, instead=instead, link=link(one), law=law)
                self.stops.setdefault(name, stop)
        for name, one in part.get("warnings", {}).items():
            self._judge(name, one, self.warnings)
            when = self.formulas.condition(one.get("when"))
            if when is not None and "text" in one.values:
                caution = Caution(id=name, step=step, when=when, text=one.get("text"), law=one.get("law"))
                self.warnings.setdefault(name, caution)

    def _judge(self, name: str, part: Part, known: Mapping[str, Stop | Caution]) -> None:
        if name in known:
            self.formulas.report.add(codes.DUPLICATE_RULE, part.node, part.path, name=name)


def link(part: Part) -> Link | None:
    """The link of a rule, or of what else has one."""
    told = part.get("link")
    return Link(told.get("url"), told.get("title")) if told and told.values.keys() >= {"url", "title"} else None
