"""Named values that follow from the answers."""

from dataclasses import dataclass
from typing import Any

from engine.language.derived import Derived
from engine.language.kinds import Definitions, Doc, Key, ListOf, YesNo
from engine.language.names import IDENTIFIER
from engine.language.procedure.shared import FORMULA, WORDS
from engine.problems import Report
from engine.source import Node, SequenceNode

STEPS = ListOf(IDENTIFIER, least=1, unique=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """`true`, or the steps on whose pages it is shown too."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A truth value, or a tuple of step ids."""
        return (STEPS if isinstance(node, SequenceNode) else YesNo()).read(node, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [YesNo().schema(definitions), STEPS.schema(definitions)]}


CALCULATED = Derived(
    "calculated",
    FORMULA,
    Doc("名前を付けた値", "A named value"),
    {
        "title": Key(WORDS, Doc("値の呼び名", "What it is called to people")),
        "unit": Key(WORDS, Doc("単位（円、㎡）", "Its unit (yen, ㎡)")),
        "show": Key(
            Shown(),
            Doc(
                "確認画面に出す（画面の並びなら、その画面にも）",
                "Show it on the check page; a list of steps: there too",
            ),
        ),
    },
)
