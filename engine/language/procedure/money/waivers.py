"""Reductions: those that apply by themselves, and those that are asked for and decided by a person."""

from typing import Any

from engine.language import codes
from engine.language.kinds import Definitions, Doc, Either, Key, ListOf, Part, Record, String, Whole, YesNo
from engine.language.names import IDENTIFIER
from engine.language.procedure.money.amounts import ROUND, TO, YEN
from engine.language.procedure.review import REFUSAL
from engine.language.procedure.shared import FORMULA, WORDS
from engine.problems import Report

DECISION = Record(
    "waiver_decision",
    {
        "days": Key(
            Whole(least=1),
            Doc("何日で決めるか（開庁日。書かなければ10）", "Business days until it is decided; 10 if left out"),
        ),
        "parts": Key(
            ListOf(Whole(1, 99), least=1, unique=True),
            Doc("一部だけ認めるときの割合（%）", "What may be granted instead of the whole, in per cent"),
        ),
        "two_people": Key(
            YesNo(),
            Doc("別の人の承認も要るか", "Whether somebody else approves what a clerk proposes"),
        ),
        "reasons": Key(ListOf(REFUSAL, least=1), Doc("認めない理由", "Grounds for refusing it"), required=True),
        "appeal": Key(WORDS, Doc("教示", "Where and by when to appeal"), required=True),
    },
    Doc("減免の決め方", "How a reduction that was asked for is decided"),
)


class Reduction(Record):
    """A record that holds `when`, or `asked` with `decision`."""

    def require(self, part: Part, report: Report) -> None:
        """Also what is missing of the two ways to write it."""
        super().require(part, report)
        asked, decision = part.wrote("asked"), part.wrote("decision")
        missing = []
        if asked != decision:
            missing.append("decision" if asked else "asked")
        if not part.wrote("when") and not asked and not decision:
            missing.append("when")
        for name in missing:
            meaning = self.keys[name].doc.by_language()
            report.add(codes.MISSING_KEY, part.node, part.at(name), key=name, meaning=meaning)

    def define(self, definitions: Definitions) -> dict[str, Any]:
        """The object, with what stands only together."""
        together = {"asked": ["decision"], "decision": ["asked"]}
        either = [{"required": ["when"]}, {"required": ["asked"]}]
        return {**super().define(definitions), "dependentRequired": together, "anyOf": either}


WAIVER = Reduction(
    "waiver",
    {
        "title": Key(WORDS, Doc("減免の名前", "The name of the reduction"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
        "when": Key(
            FORMULA,
            Doc(
                "この式が真のときに減免する。asked があれば、真のときに申請できる",
                "Granted where this is known to be true; with “asked”, who may ask for it",
            ),
        ),
        "percent": Key(Whole(1, 100), Doc("減免の割合（%）", "Per cent taken off")),
        "yen": Key(YEN, Doc("減免の額（円）", "Yen taken off")),
        "lines": Key(
            ListOf(IDENTIFIER, least=1, unique=True), Doc("減免する行（書かなければ全体）", "Which lines; all")
        ),
        "round": ROUND,
        "to": TO,
        "needs": Key(
            Either(IDENTIFIER, ListOf(IDENTIFIER, least=1, unique=True)),
            Doc("証拠となる書類の項目", "The file field with the evidence"),
        ),
        "asked": Key(
            IDENTIFIER,
            Doc(
                "減免を申請するかを尋ねる項目（はい・いいえ）。書くと、認めるかを職員が決める",
                "The yes-or-no question with which it is asked for; a person then decides",
            ),
        ),
        "decision": Key(DECISION, Doc("申請された減免の決め方", "How it is decided")),
    },
    Doc("減免", "A reduction"),
)
