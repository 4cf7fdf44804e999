"""Who examines a case, in how many stages, and why it may be refused."""

from dataclasses import dataclass
from typing import Literal

from engine.model.calculated import Derived
from engine.model.fields import Field
from engine.model.text import Text

Role = Literal["clerk", "approver"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the examination; `check` is worked by clerks, `decide` by approvers."""

    id: str
    title: Text
    role: Role


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """A ground for refusal (理由の提示), with the provision it rests on."""

    code: str
    title: Text
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The examination. `standard_days` is 標準処理期間 in business days of Tokyo."""

    office: str | Derived  # a name, or what gives one
    standard_days: int | Derived
    stages: tuple[Stage, ...]
    refusal_reasons: tuple[RefusalReason, ...]
    appeal: Text | None = None  # 教示: where and by when to appeal
    clerk_fields: tuple[Field, ...] = ()
