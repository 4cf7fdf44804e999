"""What is issued."""

from engine.language.kinds import Doc, Key, ListOf, Record, Whole, YesNo
from engine.language.names import IDENTIFIER
from engine.language.procedure.shared import FORMULA, SLUG, WORDS

VALID = Record(
    "valid",
    {
        "years": Key(Whole(1, 100), Doc("年", "Years")),
        "months": Key(Whole(1, 1200), Doc("月", "Months")),
        "days": Key(Whole(1, 36500), Doc("日（交付の日から数える）", "Days, the day of issue counted")),
        "until": Key(FORMULA, Doc("最後の日を表す式", "A formula that gives the last day")),
    },
    Doc("有効期間（どれか一つ）", "How long it is valid: one of these"),
)

CERTIFICATE = Record(
    "certificate",
    {
        "title": Key(WORDS, Doc("証明書の題", "The title"), required=True),
        "template": Key(SLUG, Doc("様式の名前", "The template"), required=True),
        "statement": Key(WORDS, Doc("証明の文", "The sentence that certifies")),
        "when": Key(FORMULA, Doc("この式が真のときだけ交付する", "Issued only where this is known to be true")),
        "shows": Key(
            ListOf(IDENTIFIER, unique=True),
            Doc(
                "載せるもの（項目・計算した値・職員が記入する項目）",
                "What is printed on it: fields, calculated values, fields that staff fill in",
            ),
        ),
        "sealed": Key(YesNo(), Doc("電子署名を付けるか", "Whether it is sealed")),
        "valid": Key(VALID, Doc("有効期間", "How long it is valid")),
    },
    Doc("交付するもの", "What is issued"),
)
