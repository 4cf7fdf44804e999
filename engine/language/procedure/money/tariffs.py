"""A tariff: amounts by date with their legal basis, in a file of its own for all procedures that use it."""

from engine.language.kinds import Doc, Key, ListOf, MapOf, Record, String
from engine.language.names import IDENTIFIER
from engine.language.procedure.money.amounts import RATE
from engine.language.procedure.shared import WORDS

TARIFF_RATE = Record(
    "tariff_rate",
    {
        "title": Key(WORDS, Doc("項目の名前", "What it is for"), required=True),
        "law": Key(String(), Doc("この項目の根拠（全体と違うとき）", "Its own legal basis, where it differs")),
        "unit": Key(WORDS, Doc("数量の単位（枚、件）", "What is counted: sheets, copies")),
        "yen": Key(ListOf(RATE, least=1), Doc("日付ごとの額", "Amounts by date"), required=True),
    },
    Doc("料金表の一項目", "One rate of a tariff"),
)

TARIFF = Record(
    "tariff",
    {
        "title": Key(WORDS, Doc("料金表の名前", "The name of the tariff"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis"), required=True),
        "source": Key(String(), Doc("出典（公報、例規集）", "Where it is published")),
        "rates": Key(MapOf(TARIFF_RATE, IDENTIFIER, least=1), Doc("項目ごとの額", "The rates by name"), required=True),
    },
    Doc("手続が共有する料金表", "A tariff that procedures share"),
)
