"""A line of the bill: what it is called, what it rests on, and one form of price."""

from engine.language.kinds import Choice, Day, Doc, Key, ListOf, Record, String, Whole
from engine.language.names import IDENTIFIER
from engine.language.procedure.money.amounts import ACCOUNT, PERCENT, ROUND, TARIFF_NAME, TO, YEN
from engine.language.procedure.money.tables import AMOUNT_TABLE
from engine.language.procedure.shared import FORMULA, WORDS

RATE_ON = Key(
    Choice(("submitted", "paid", "issued")),
    Doc("単価を決める日（書かなければ申請の日）", "The day that selects the rate; the day of submission if left out"),
)
MINIMUM = Key(YEN, Doc("下限（円）", "At least so many yen"))
MAXIMUM = Key(YEN, Doc("上限（円）", "At most so many yen"))

TIER = Record(
    "tier",
    {
        "first": Key(Whole(least=1), Doc("最初のいくつまで、まとめての額", "So many at first, for one amount")),
        "each": Key(Whole(least=1), Doc("いくつごとの額（up_to まで）", "For each so many, up to `up_to`")),
        "up_to": Key(Whole(least=1), Doc("全部でいくつまで", "Up to so many in all")),
        "then_each": Key(Whole(least=1), Doc("それを超えるいくつごとの額", "For each further so many, without end")),
        "yen": Key(YEN, Doc("円", "Yen")),
        "tariff": Key(TARIFF_NAME, Doc("料金表の項目", "A rate of a shared tariff")),
    },
    Doc("数量の段", "A tier of the quantity"),
)

SURCHARGE = Record(
    "percentage",
    {
        "of": Key(FORMULA, Doc("もとになる額の式（円）", "The amount that it is a share of")),
        "lines": Key(ListOf(IDENTIFIER, least=1, unique=True), Doc("もとになる行", "The lines that it is a share of")),
        "rate": Key(PERCENT, Doc("割合（%）", "Per cent"), required=True),
        "round": ROUND,
        "to": TO,
    },
    Doc("割合による額", "A percentage of an amount or of other lines"),
)

PER_GROUP = Record(
    "per_group",
    {
        "list": Key(IDENTIFIER, Doc("リストの項目", "The list"), required=True),
        "by": Key(
            ListOf(IDENTIFIER, least=1, unique=True),
            Doc("同じなら一つのまとまりとする項目", "Items that agree in these are one group"),
            required=True,
        ),
        "show": Key(
            Choice(("each", "together")),
            Doc("まとまりごとの行にするか、一行にまとめるか", "A line for each group, or one for all"),
        ),
    },
    Doc("まとまりごとの計算", "Charged once for each group of items"),
)

FEE_LINE = Record(
    "fee_line",
    {
        "title": Key(WORDS, Doc("手数料の名前", "The name of the fee"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
        "account": Key(ACCOUNT, Doc("歳入科目", "The revenue account"), required=True),
        "count": Key(FORMULA, Doc("数量の式（書かなければ1）", "How many; 1 where it is not written")),
        "unit": Key(WORDS, Doc("数量の単位（枚、件）", "What is counted: sheets, copies")),
        "when": Key(FORMULA, Doc("この式が真のときだけかかる", "Charged only where this is known to be true")),
        "from": Key(Day(), Doc("日付のない額がこの日から有効", "Amounts without a date hold from this day")),
        "yen": Key(YEN, Doc("一つあたりの円（日付ごと）", "Yen for one unit, by date")),
        "tariff": Key(TARIFF_NAME, Doc("料金表の項目（一つあたり）", "A rate of a shared tariff, for one unit")),
        "amount": Key(FORMULA, Doc("額の式（円）", "The amount in yen, as an expression")),
        "table": Key(AMOUNT_TABLE, Doc("額の表（一つあたり）", "A table that gives the yen for one unit")),
        "tiers": Key(ListOf(TIER, least=1), Doc("数量の段ごとの額", "Amounts by tiers of the quantity")),
        "percent": Key(SURCHARGE, Doc("割合による額", "A percentage of an amount or of other lines")),
        "per_group": Key(PER_GROUP, Doc("まとまりごとに計算する", "Charged once for each group of items")),
        "per_item": Key(IDENTIFIER, Doc("このリストの一件ごとに計算する", "Charged once for each item of this list")),
        "round": ROUND,
        "to": TO,
        "minimum": MINIMUM,
        "maximum": MAXIMUM,
        "rate_on": RATE_ON,
    },
    Doc("手数料の一行", "A line of the bill"),
)
