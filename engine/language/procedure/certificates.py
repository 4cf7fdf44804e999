"""What is issued."""

from engine.language.kinds import Doc, Key, ListOf, Record, Whole, YesNo
from engine.language.names import IDENTIFIER
from engine.language.procedure.shared import SLUG, WORDS

VALID = Record(
    "valid", {"years": Key(Whole(least=1), Doc("年", "Years"), required=True)}, Doc("有効期間", "How long it is valid")
)

CERTIFICATE = Record(
    "certificate",
    {
        "title": Key(WORDS, Doc("証明書の題", "The title"), required=True),
        "template": Key(SLUG, Doc("様式の名前", "The template"), required=True),
        "statement": Key(WORDS, Doc("証明の文", "The sentence that certifies")),
        "shows": Key(ListOf(IDENTIFIER, unique=True), Doc("載せる項目", "The fields printed on it")),
        "sealed": Key(YesNo(), Doc("電子署名を付けるか", "Whether it is sealed")),
        "valid": Key(VALID, Doc("有効期間", "How long it is valid")),
    },
    Doc("交付するもの", "What is issued"),
)
