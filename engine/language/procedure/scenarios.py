"""Examples and what must come of them."""

from engine.language.kinds import AnyMap, Day, Doc, Key, ListOf, MapOf, Record, String, Whole
from engine.language.names import IDENTIFIER
from engine.language.procedure.shared import SLUG

EXPECT = Record(
    "expectation",
    {
        "steps": Key(ListOf(IDENTIFIER), Doc("通る画面", "The steps on the path")),
        "fee": Key(Whole(least=0), Doc("手数料の合計（円）", "The total fee in yen")),
        "asked": Key(
            ListOf(IDENTIFIER, unique=True),
            Doc("申請されて決定を待つ減免", "The reductions that are asked for and wait to be decided"),
        ),
        "fee_if_granted": Key(
            Whole(least=0),
            Doc(
                "申請された減免がすべて認められたときの合計（円）", "The total fee if all that is asked for is granted"
            ),
        ),
        "lines": Key(
            MapOf(Whole(least=0), IDENTIFIER),
            Doc("手数料の行ごとの額（円）", "The yen of each fee line, before reductions"),
        ),
        "pay_by": Key(Day(), Doc("納期限（申請の日に請求するとき）", "The day to pay by, if demanded that day")),
        "office": Key(SLUG, Doc("担当の窓口", "The office")),
        "stop": Key(IDENTIFIER, Doc("申請を打ち切る条件", "The stop that must end the way")),
        "warnings": Key(ListOf(IDENTIFIER, unique=True), Doc("示される注意", "The warnings that must be shown")),
        "errors": Key(ListOf(String()), Doc("受け付けない項目", "The fields that must be rejected")),
    },
    Doc("期待する結果", "What must come out"),
)

SCENARIO = Record(
    "scenario",
    {
        "name": Key(String(), Doc("例の名前", "The name of the example"), required=True),
        "on": Key(Day(), Doc("申請の日", "The day of the application"), required=True),
        "paid_on": Key(
            Day(), Doc("納付の日（単価がその日で決まるとき）", "The day of payment, where it selects a rate")
        ),
        "issued_on": Key(
            Day(), Doc("交付の日（単価がその日で決まるとき）", "The day of issue, where it selects a rate")
        ),
        "granted": Key(
            MapOf(Whole(0, 100), IDENTIFIER),
            Doc("決定した減免と認めた割合（%。0は認めない）", "What was decided, in per cent; 0 means refused"),
        ),
        "answers": Key(AnyMap(), Doc("答え", "The answers"), required=True),
        "expect": Key(EXPECT, Doc("期待する結果", "What must come out"), required=True),
    },
    Doc("例", "An example that must come true"),
)
