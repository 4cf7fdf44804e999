"""The shape of `errors`: what to say when an answer does not keep one keyword of its field."""

from collections.abc import Mapping

from engine.language.kinds import Doc, Key, Record, Words

KEYWORDS: Mapping[str, tuple[str, str]] = {
    "required": ("答えがないとき", "Nothing was answered"),
    "type": ("日付や数として読めないとき", "It cannot be read as a date, a number …"),
    "pattern": ("形が合わないとき", "It has not the form"),
    "minLength": ("短いとき", "It is too short"),
    "maxLength": ("長いとき", "It is too long"),
    "minWords": ("語が少ないとき", "It has too few words"),
    "maxWords": ("語が多いとき", "It has too many words"),
    "minimum": ("小さい・早いとき", "It is too small or too early"),
    "maximum": ("大きい・遅いとき", "It is too large or too late"),
    "exclusiveMinimum": ("下の限度を超えないとき", "It is not above the limit"),
    "exclusiveMaximum": ("上の限度を下回らないとき", "It is not below the limit"),
    "multipleOf": ("倍数でないとき", "It is not a multiple"),
    "decimals": ("小数点以下が長いとき", "It has too many digits after the point"),
    "step": ("時刻のきざみに合わないとき", "It is not one of the steps of time"),
    "enum": ("選択肢にないとき", "It is not one of the options"),
    "const": ("決まった値でないとき", "It is not the only value"),
    "minItems": ("少ないとき", "There are too few"),
    "maxItems": ("多いとき", "There are too many"),
    "uniqueItems": ("同じものがあるとき", "One is there twice"),
}

MESSAGES = Record(
    "messages",
    {keyword: Key(Words(), Doc(ja, en)) for keyword, (ja, en) in KEYWORDS.items()},
    Doc("合わない決まりごとの文", "What to say, by the keyword that an answer does not keep"),
)
