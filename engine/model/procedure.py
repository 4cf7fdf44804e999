"""A procedure and its steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from engine.expressions import Expression
from engine.model.acceptance import ALWAYS, Acceptance
from engine.model.calculated import Calculated, Derived
from engine.model.certificates import CertificateKind
from engine.model.fees import Fees
from engine.model.fields import Field
from engine.model.review import Review
from engine.model.rules import Caution, Check, Link, Stop
from engine.model.scenarios import Scenario
from engine.model.text import Text
from engine.model.watched import Rule, by_step
from engine.tables import Table

Assurance = Literal["basic", "substantial", "high"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whether a resident must sign in, and how sure the issuer must be of who it is."""

    required: bool = True
    assurance: Assurance = "basic"


@dataclass(frozen=True, slots=True)
class Representation:
    """Who may apply on behalf of somebody else, and how the mandate (委任) is shown."""

    by: tuple[Literal["family", "attorney", "gyoseishoshi"], ...]
    needs: Literal["mandate_file", "grant", "either"]


@dataclass(frozen=True, slots=True)
class BeforeYouStart:
    """What the first page tells: how long it takes, what to have at hand, who may apply."""

    minutes: int | None = None
    bring: tuple[Text, ...] = ()
    who: Text | None = None
    deadline: Text | None = None


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What an author tells whoever has sent an application, and where to go."""

    text: Text
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One screen of questions."""

    id: str
    title: Text
    hint: Text | None = None
    when: Expression | None = None
    was: str | None = None  # its id in the version before
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()

    @property
    def plain_fields(self) -> tuple[Field, ...]:
        """The fields asked on the step's own page; lists of objects have pages of their own."""
        return tuple(f for f in self.fields if not f.is_list)

    @property
    def lists(self) -> tuple[Field, ...]:
        """The fields asked as "add another"."""
        return tuple(f for f in self.fields if f.is_list)


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """One version of one procedure, compiled. `digest` is the SHA-256 of what it was compiled from, in hex."""

    id: str
    version: date
    title: Text
    summary: Text | None = None
    bureau: str
    audience: tuple[str, ...]
    law: tuple[str, ...]
    sign_in: SignIn
    before_you_start: BeforeYouStart
    afterwards: Afterwards | None = None
    representation: Representation | None = None  # None: everybody applies for themselves
    conditions: Mapping[str, Expression]  # each after those conditions that it uses
    calculated: Mapping[str, Calculated] = field(default_factory=lambda: MappingProxyType({}))
    steps: tuple[Step, ...]
    accepts: Acceptance = ALWAYS
    stops: tuple[Stop, ...] = ()  # of the steps in their order, then the procedure's own
    warnings: tuple[Caution, ...] = ()
    fees: Fees | None = None
    review: Review | None = None  # None: confirmed at once
    certificates: tuple[CertificateKind, ...] = ()
    retention_years: int
    draft_days: int  # a draft lives so long after its last change
    draft_grace_days: int = 0  # drafts of earlier versions may be finished so long after this one came into force
    schema: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # over all answers together
    scenarios: tuple[Scenario, ...] = ()
    digest: str

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields of all steps by id; ids are unique in a procedure."""
        return {field.id: field for step in self.steps for field in step.fields}

    @cached_property
    def printed(self) -> Mapping[str, Field]:
        """What a certificate can print: the fields of all steps, and those that staff fill in."""
        filled = self.review.clerk_fields if self.review else ()
        return {**self.fields, **{field.id: field for field in filled}}

    @cached_property
    def examined(self) -> "Procedure":
        """The same with one screen for each stage in place of the applicant's: the fields that staff fill in there."""
        review = self.review
        stages = review.stages if review else ()
        filled = review.clerk_fields if review else ()
        screens = (
            Step(
                id=f"review.{stage.id}",
                title=stage.title,
                fields=tuple(field for field in filled if review and review.stage_of(field) == stage.id),
            )
            for stage in stages
        )
        return replace(self, steps=tuple(screens), stops=(), warnings=())

    @cached_property
    def named(self) -> Mapping[str, Expression | Calculated]:
        """The conditions and the calculated values by name: what expressions may use beside fields."""
        return {**self.conditions, **self.calculated}

    @cached_property
    def step_of(self) -> Mapping[str, Step]:
        """The step in which each field is asked, by the field's id."""
        return {field.id: step for step in self.steps for field in step.fields}

    @cached_property
    def checked(self) -> Mapping[str, Step]:
        """The same, for the steps only that have checks over several fields."""
        return {field: step for field, step in self.step_of.items() if step.checks}

    @cached_property
    def watched(self) -> Mapping[str, tuple[Rule, ...]]:
        """The stops and warnings to judge after each step, by the step's id; empty where there are none."""
        steps = {field: step.id for field, step in self.step_of.items()}
        return by_step((*self.stops, *self.warnings), steps, self.named)

    @cached_property
    def tables(self) -> Mapping[tuple[str, ...], Table]:
        """Every decision table by its path in the source."""
        derived: dict[tuple[str, ...], Derived] = {
            ("calculated", name): calculated.value for name, calculated in self.calculated.items()
        }
        if self.review is not None:
            derived |= {
                ("review", key): value
                for key, value in (("office", self.review.office), ("standard_days", self.review.standard_days))
                if not isinstance(value, str | int)
            }
        return {(*path, "table"): value for path, value in derived.items() if isinstance(value, Table)}

    @cached_property
    def step_by_id(self) -> Mapping[str, Step]:
        """The steps by id."""
        return {step.id: step for step in self.steps}
