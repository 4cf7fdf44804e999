"""Which stops and warnings hold along the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.expressions import Scope
from engine.model import Caution, Procedure, Step, Stop
from engine.model.watched import ANYWHERE, Rule


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that holds, and the step after which it was known to."""

    caution: Caution
    step: str


@dataclass(slots=True)
class Watch:
    """Judges the rules of a procedure after each step of a walk: a rule holds only if known true."""

    procedure: Procedure
    scope: Scope
    stops: tuple[Stop, ...] = ()
    warned: list[Warned] = field(default_factory=list)
    _begun: bool = False

    def after(self, step: Step) -> bool:
        """Look at the rules that speak of `step`. Whether the way goes on."""
        watched = self.procedure.watched
        if not self._begun:
            self._begun = True
            self._judge(watched.get(ANYWHERE, ()), step.id)
        if step.id in watched:
            self._judge(watched[step.id], step.id)
        return not self.stops

    def _judge(self, rules: Iterable[Rule], step: str) -> None:
        holding = [rule for rule in rules if rule.when.holds(self.scope)]
        if not holding:
            return
        known = {warned.caution.id for warned in self.warned}
        self.stops += tuple(rule for rule in holding if isinstance(rule, Stop))
        self.warned += [Warned(rule, step) for rule in holding if isinstance(rule, Caution) and rule.id not in known]
