"""A price, frozen: what was counted, at which rate, by which rule, on which legal ground, and what was taken off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.model import Text
from engine.model.prices import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedLine:
    """One line of the bill: `count` × `unit_yen` = `yen`; what is not that simple is one at the whole amount.

    `rule` says in words how the amount was found, `group` which items it is for, `unit` what is counted. `less` is
    what reductions of named lines take from it. `rate_on` names the day that selects the rate. `rows` are the places
    in the source that gave it, which only examples ask for; they are not kept.
    """

    id: str
    title: Text
    law: str
    account: str
    count: int
    unit_yen: int
    yen: int
    unit: Text | None = None
    group: Text | None = None
    rule: Text | None = None
    less: int = 0
    rate_on: str = "submitted"
    rows: tuple[Path, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedWaiver:
    """A reduction (減免) by `yen` (≥ 0), why it applies, and the file fields whose evidence a clerk has to accept.

    `granted` is how many per cent a person granted of one that was asked for.
    """

    id: str
    title: Text
    law: str | None
    yen: int
    why: Text
    needs: tuple[str, ...] = ()
    granted: int | None = None

    @property
    def awaits_approval(self) -> bool:
        """Whether it holds only if a clerk accepts the evidence."""
        return bool(self.needs) and self.granted is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWaiver:
    """A reduction that is asked for and waits for a person: `yen` is what it takes off if it alone is granted whole."""

    id: str
    title: Text
    law: str | None
    yen: int
    why: Text
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What the limits and the rounding of the whole add (or take, below 0)."""

    kind: Literal["minimum", "maximum", "rounding"]
    yen: int


@dataclass(frozen=True, slots=True)
class FeeQuote:
    """The lines with something to pay, what waivers take off (≥ 0), and what remains, in yen.

    `total` is the sum of the lines and the adjustments less `waived_yen`. `asked` are the reductions that wait for a
    person's decision; with all of them granted, `if_granted` is the total.
    """

    lines: tuple[QuotedLine, ...]
    waived_yen: int
    total: int
    waivers: tuple[QuotedWaiver, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    asked: tuple[AskedWaiver, ...] = ()
    if_granted: int | None = None

    @property
    def rate_days(self) -> frozenset[str]:
        """The days on which the amount rests that come after the submission: `paid`, `issued`."""
        return frozenset(line.rate_on for line in self.lines) - {"submitted"}

    @property
    def adjusted_yen(self) -> int:
        """What limits and rounding of the whole added to the lines, or took from them (below 0)."""
        return sum(one.yen for one in self.adjustments)

    def to_json(self) -> dict[str, Any]:
        """As it is kept with a submission. What a line does not have is left out."""
        kept: dict[str, Any] = {
            "lines": [_plain(line, LINE) for line in self.lines],
            "waived_yen": self.waived_yen,
            "total": self.total,
        }
        if self.waivers:
            kept["waivers"] = [_plain(waiver, WAIVER) for waiver in self.waivers]
        if self.adjustments:
            kept["adjustments"] = [{"kind": one.kind, "yen": one.yen} for one in self.adjustments]
        if self.asked:
            kept["asked"] = [_plain(one, ASKED) for one in self.asked]
            kept["if_granted"] = self.if_granted
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "FeeQuote":
        """What `to_json` gave, now or in an earlier release."""
        return cls(
            tuple(QuotedLine(**_read(line)) for line in kept["lines"]),
            kept["waived_yen"],
            kept["total"],
            tuple(QuotedWaiver(**_read(waiver)) for waiver in kept.get("waivers", ())),
            tuple(Adjustment(**one) for one in kept.get("adjustments", ())),
            tuple(AskedWaiver(**_read(one)) for one in kept.get("asked", ())),
            kept.get("if_granted"),
        )


LINE = ("id", "title", "law", "account", "count", "unit_yen", "yen", "unit", "group", "rule", "less", "rate_on")
ASKED = ("id", "title", "law", "yen", "why", "needs")
WAIVER = (*ASKED, "granted")
TEXTS = frozenset({"title", "unit", "group", "rule", "why"})
LEFT_OUT = {"unit": None, "group": None, "rule": None, "less": 0, "rate_on": "submitted", "needs": (), "granted": None}


def _plain(one: QuotedLine | QuotedWaiver | AskedWaiver, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in names}
    return {name: _kept(value) for name, value in values.items() if name not in LEFT_OUT or value != LEFT_OUT[name]}


def _kept(value: Any) -> Any:
    """A wording by language; of evidence one name alone, as it always was, or a list."""
    if isinstance(value, Text):
        return {"ja": value.ja, **value.others}
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else list(value)
    return value


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: _text(value) if name in TEXTS else value for name, value in kept.items()}
    if needs := kept.get("needs"):
        found["needs"] = (needs,) if isinstance(needs, str) else tuple(needs)
    return found


def _text(wordings: Mapping[str, str]) -> Text:
    return Text(wordings["ja"], {language: words for language, words in wordings.items() if language != "ja"})
