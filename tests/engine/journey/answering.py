"""The real procedures, and answers to them that are no scenario's: mixed, cut short, changed in one place."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from engine.compiling import compile_procedure, load_concepts
from engine.model import Procedure
from tests.engine.language.specs import CONCEPTS, RATES, REAL

DAY = date(2026, 5, 1)


@cache
def real_procedures() -> tuple[Procedure, ...]:
    """Every procedure of `procedure_specs/`."""
    concepts, _ = load_concepts(CONCEPTS.read_bytes(), "concepts.yaml")
    found = [compile_procedure(path.read_bytes(), path.name, concepts, RATES).procedure for path in REAL]
    return tuple(procedure for procedure in found if procedure is not None)


@dataclass(frozen=True)
class Change:
    """Answers before, and after those of `here` (ids of top-level fields of one step) were given otherwise."""

    procedure: Procedure = field(repr=False)
    before: dict[str, Any]
    after: dict[str, Any]
    here: frozenset[str]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """One step of a procedure answered as another of its scenarios does."""
    procedure = draw(st.sampled_from([one for one in real_procedures() if one.scenarios]))
    before, other = (dict(draw(st.sampled_from(procedure.scenarios)).answers) for _ in range(2))
    for left_out in draw(st.sets(st.sampled_from(sorted(procedure.fields)), max_size=4)):
        before.pop(left_out, None)
    step = draw(st.sampled_from(procedure.steps))
    here = frozenset(draw(st.sets(st.sampled_from([asked.id for asked in step.fields]), min_size=1)))
    after = {id: answer for id, answer in before.items() if id not in here}
    return Change(procedure, before, after | {id: answer for id, answer in other.items() if id in here}, here)


@dataclass(frozen=True)
class Beginning:
    """The answers of a scenario as far as somebody has come, and all of them."""

    procedure: Procedure = field(repr=False)
    begun: dict[str, Any]
    whole: dict[str, Any]


@st.composite
def beginnings(draw: st.DrawFn) -> Beginning:
    """Somebody on the way of one of the scenarios."""
    procedure = draw(st.sampled_from([one for one in real_procedures() if one.scenarios]))
    whole = dict(draw(st.sampled_from(procedure.scenarios)).answers)
    order = [id for id in procedure.fields if id in whole]
    upto = draw(st.integers(0, len(order)))
    return Beginning(procedure, {id: whole[id] for id in order[:upto]}, whole)
