"""Who examines a case, in how many stages, and why it may be refused."""

from dataclasses import dataclass
from typing import Literal

from engine.expressions import Expression
from engine.model.calculated import Derived
from engine.model.fields import Field
from engine.model.text import Text

Role = Literal["clerk", "approver"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the examination; `check` is worked by clerks, `decide` by approvers.

    `another_person`: a clerk other than the one who has the case passes it, after the proposal (回議).
    """

    id: str
    title: Text
    role: Role
    another_person: bool = False


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """A ground for refusal (理由の提示), with the provision it rests on."""

    code: str
    title: Text
    law: str


@dataclass(frozen=True, slots=True)
class ReadyMessage:
    """A message to applicants that clerks start from and change as they need."""

    id: str
    title: Text  # for clerks
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One thing that staff check and tick off in `stage` of every round; `when` is over the answers and `clerk_fields`.

    The stage is not left before all that are `required` are ticked.
    """

    id: str
    title: Text
    law: str = ""
    stage: str = ""
    when: Expression | None = None
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Asking an applicant for a correction (補正, 行政手続法第7条).

    `days` are business days of Tokyo, what a clerk is offered as the day to answer by. `lapses`: unanswered, the case
    ends by `law`; otherwise the office decides on what it has. `reasons` are wordings that clerks choose from.
    """

    days: int = 10
    remind_days: int = 3  # business days before the last day
    lapses: bool = False
    law: str = ""
    reasons: tuple[Text, ...] = ()


AS_USUAL = Correction()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The examination. `standard_days` is 標準処理期間 in business days of Tokyo."""

    office: str | Derived  # a name, or what gives one
    standard_days: int | Derived
    stages: tuple[Stage, ...]
    refusal_reasons: tuple[RefusalReason, ...]
    appeal: Text | None = None  # 教示: where and by when to appeal
    clerk_fields: tuple[Field, ...] = ()
    correction: Correction = AS_USUAL
    messages: tuple[ReadyMessage, ...] = ()
    checklist: tuple[CheckItem, ...] = ()

    @property
    def route(self) -> tuple[Stage, ...]:
        """The stages that a proposal passes (回議・決裁), in their order; the last one decides, and is an approver's.

        The clerk who proposes works through the others. What follows the last approver decides nothing.
        """
        last = max((place for place, stage in enumerate(self.stages) if stage.role == "approver"), default=-1)
        return tuple(stage for stage in self.stages[: last + 1] if stage.role == "approver" or stage.another_person)

    def stage_of(self, asked: Field | CheckItem) -> str:
        """The stage in which something is filled in or ticked: the one it names, else the first."""
        named = asked.stage if isinstance(asked, CheckItem) else asked.settings.get("stage", "")
        return named or next((stage.id for stage in self.stages), "")
