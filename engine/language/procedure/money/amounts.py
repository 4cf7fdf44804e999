"""Yen and per cent, each as one number or by date; rounding by name."""

from engine.language.kinds import Choice, Day, Doc, Either, Key, ListOf, Number, Record, String, Whole

ACCOUNT = String(r"[0-9]+(?:-[0-9]+)*", Doc("歳入科目の番号（1201-03）", "a revenue account number (1201-03)"))
FROM = Key(Day(), Doc("この日から", "In force from this day"), required=True)
UNTIL = Key(Day(), Doc("この日まで（書かなければ次の単価まで）", "In force through this day; else until the next one"))

RATE = Record(
    "rate",
    {
        "from": FROM,
        "amount": Key(Whole(least=0), Doc("円", "Yen"), required=True),
        "until": UNTIL,
    },
    Doc("ある日からの額", "An amount from a day on"),
)
YEN = Either(Whole(least=0), ListOf(RATE, least=1))

SHARE = Record(
    "share",
    {
        "from": FROM,
        "percent": Key(Number(above=0), Doc("割合（%）", "Per cent"), required=True),
        "until": UNTIL,
    },
    Doc("ある日からの割合", "A percentage from a day on"),
)
PERCENT = Either(Number(above=0), ListOf(SHARE, least=1))

TARIFF_NAME = String(
    r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*",
    Doc("料金表の名前と項目（information-disclosure.colour）", "a tariff and its rate (information-disclosure.colour)"),
)
ROUND = Key(
    Choice(("down", "up", "half_up")),
    Doc("端数処理（down 切捨て、up 切上げ、half_up 四捨五入）", "How to round: down, up, or half up"),
)
TO = Key(Whole(least=1), Doc("何円単位にするか（書かなければ1円）", "To a multiple of so many yen; 1 if left out"))
