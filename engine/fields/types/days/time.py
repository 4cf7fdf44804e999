"""A time of day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import LIMITS, MISSING, FieldProblem, Keyword, OneInput, Raw, expect, first
from engine.fields.keyboards import plain
from engine.fields.written import as_written

if TYPE_CHECKING:
    from engine.model.fields import Field

PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
SPELLED = re.compile(
    "(?P<half>午前|午後|am|pm)?(?P<hour>[0-9]{1,2})(?:[:：.時](?P<minute>[0-9]{1,2})?分?|(?P<half_past>時半))?(?P<after>am|pm)?"
)
RUN = re.compile("(?P<half>午前|午後|am|pm)?(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})(?P<after>am|pm)?")
NOON = 12
NEVER = 99
HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay(OneInput):
    """Kept as `09:30`, of 24 hours; such texts stand in the order of the times, so expressions may compare them."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A text of hour and minute; JSON Schema's own `time` wants seconds and a zone."""
        kept = {key: value for key, value in schema.items() if key not in LIMITS}
        return kept | {"type": "string", "pattern": PATTERN}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The time from 9:30, 930, ９時３０分, 9時半, 午後3時 or 3:30pm."""
        text = plain(first(raw)).lower()
        if not text:
            return MISSING
        found = RUN.fullmatch(text) or SPELLED.fullmatch(text)
        if found is None:
            raise FieldProblem("errors.time")
        said = found.groupdict()
        half = said["half"] or said["after"]
        hour, minute = int(said["hour"]), 30 if said.get("half_past") else int(said["minute"] or 0)
        if half in {"午前", "am"}:
            hour = 0 if hour == NOON else hour if hour < NOON else NEVER
        elif half in {"午後", "pm"} and hour < NOON:
            hour += NOON
        answer = f"{hour:02}:{minute:02}"
        if re.fullmatch(PATTERN, answer) is None:
            raise FieldProblem("errors.time")
        return answer

    def judges(self, field: "Field") -> bool:
        """Only the steps."""
        return "step" in field.settings

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """Steps are counted from the least time that is written out, else from midnight."""
        step = field.settings.get("step")
        start = field.settings.get("minimum") or "00:00"
        if step and (minutes(answer) - minutes(start)) % step:
            example = minutes(start) + step if minutes(start) + step < 24 * HOUR else minutes(start)
            params = {"limit": step, "example": spelled(example)}
            yield FieldProblem("errors.time_step", params, keyword="step")

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """The text, which is of two digits each."""
        return self.bound(expect(answer, str))

    def bound(self, written: str) -> Any:
        """A time, as it is kept."""
        if re.fullmatch(PATTERN, written) is None:
            raise ValueError(written)
        return written

    def told(self, field: "Field", keyword: str, limit: Any) -> dict[str, object]:
        """The time as people write it; the form of the text needs no saying."""
        return {"limit": spelled(minutes(limit))} if keyword in LIMITS else {}

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """9:30."""
        return {"": [spelled(minutes(answer))]}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """9:30, of 24 hours."""
        return spelled(minutes(answer))


def minutes(text: str) -> int:
    """Minutes since midnight."""
    hour, minute = text.split(":")
    return int(hour) * HOUR + int(minute)


def spelled(since_midnight: int) -> str:
    """Without a leading zero."""
    return f"{since_midnight // HOUR}:{since_midnight % HOUR:02}"


TYPE = TimeOfDay(
    name="time",
    control="text",
    doc={"ja": "時刻（24時間）", "en": "A time of day (24 hours)"},
    keywords={
        "step": Keyword(
            {"type": "integer", "minimum": 1, "maximum": 720},
            {"ja": "何分きざみか", "en": "Steps in minutes"},
            rule=True,
        )
    },
    messages={
        "type": "errors.time",
        "pattern": "errors.time",
        "minimum": "errors.time_minimum",
        "maximum": "errors.time_maximum",
        "exclusiveMinimum": "errors.time_after",
        "exclusiveMaximum": "errors.time_before",
    },
    line=True,
    rule={},  # `step` is a rule of its own
)
