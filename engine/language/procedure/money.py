"""Fees: lines with their rates, reductions, when they are due."""

from engine.language.kinds import Choice, Day, Doc, Key, ListOf, MapOf, Record, String, Whole, YesNo
from engine.language.names import IDENTIFIER
from engine.language.procedure.shared import FORMULA, WORDS

ACCOUNT = String(r"[0-9]+(?:-[0-9]+)*", Doc("歳入科目の番号（1201-03）", "a revenue account number (1201-03)"))

RATE = Record(
    "rate",
    {
        "from": Key(Day(), Doc("この日から", "In force from this day"), required=True),
        "amount": Key(Whole(least=0), Doc("一つあたりの円", "Yen for one unit"), required=True),
    },
    Doc("ある日からの単価", "A rate from a day on"),
)

FEE_LINE = Record(
    "fee_line",
    {
        "title": Key(WORDS, Doc("手数料の名前", "The name of the fee"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
        "account": Key(ACCOUNT, Doc("歳入科目", "The revenue account"), required=True),
        "count": Key(FORMULA, Doc("数量の式（書かなければ1）", "How many; 1 where it is not written")),
        "when": Key(FORMULA, Doc("この式が真のときだけかかる", "Charged only where this is known to be true")),
        "yen": Key(ListOf(RATE, least=1), Doc("日付ごとの単価", "Rates by date"), required=True),
    },
    Doc("手数料の一行", "A line of the bill"),
)

WAIVER = Record(
    "waiver",
    {
        "title": Key(WORDS, Doc("減免の名前", "The name of the reduction"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
        "when": Key(
            FORMULA, Doc("この式が真のときに減免する", "Granted where this is known to be true"), required=True
        ),
        "percent": Key(Whole(1, 100), Doc("減免の割合（%）", "Per cent taken off"), required=True),
        "needs": Key(IDENTIFIER, Doc("証拠となる書類の項目", "The file field with the evidence")),
    },
    Doc("減免", "A reduction"),
)

FEES = Record(
    "fees",
    {
        "due": Key(Choice(("submission", "approval")), Doc("いつ納めるか", "When it is due"), required=True),
        "pay_by": Key(FORMULA, Doc("納期限の式（today は請求の日）", "The day to pay by; today is the day of demand")),
        "refundable": Key(YesNo(), Doc("還付できるか", "Whether it can be refunded")),
        "lines": Key(MapOf(FEE_LINE, IDENTIFIER, least=1), Doc("手数料の行", "The lines"), required=True),
        "waivers": Key(MapOf(WAIVER, IDENTIFIER), Doc("減免", "Reductions")),
    },
    Doc("手数料", "Fees"),
)
