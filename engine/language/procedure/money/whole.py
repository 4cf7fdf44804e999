"""The fees as a whole: lines, reductions, limits, rounding, when they are due and by when they are paid."""

from engine.language.kinds import Choice, Doc, Key, MapOf, Record, YesNo
from engine.language.names import IDENTIFIER
from engine.language.procedure.money.amounts import ROUND, TO
from engine.language.procedure.money.lines import FEE_LINE, MAXIMUM, MINIMUM, RATE_ON
from engine.language.procedure.money.waivers import WAIVER
from engine.language.procedure.shared import FORMULA

FEES = Record(
    "fees",
    {
        "due": Key(
            Choice(("submission", "approval", "issue")),
            Doc("いつ納めるか（申請、承認、交付）", "When it is due: at submission, approval, or issue"),
            required=True,
        ),
        "rate_on": RATE_ON,
        "pay_by": Key(FORMULA, Doc("納期限の式（today は請求の日）", "The day to pay by; today is the day of demand")),
        "refundable": Key(YesNo(), Doc("還付できるか", "Whether it can be refunded")),
        "lines": Key(MapOf(FEE_LINE, IDENTIFIER, least=1), Doc("手数料の行", "The lines"), required=True),
        "minimum": MINIMUM,
        "maximum": MAXIMUM,
        "waivers": Key(MapOf(WAIVER, IDENTIFIER), Doc("減免", "Reductions")),
        "several": Key(
            Choice(("largest", "all_in_order")),
            Doc("減免が重なるとき（最大の一つ、順にすべて）", "Where several apply: the largest, or all in order"),
        ),
        "round": ROUND,
        "to": TO,
    },
    Doc("手数料", "Fees"),
)
