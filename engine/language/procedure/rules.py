"""Rules of a procedure and of a step: what ends the way, and what is pointed out without ending it."""

from engine.language.kinds import Doc, Key, MapOf, Record, String
from engine.language.names import IDENTIFIER
from engine.language.procedure.shared import FORMULA, WORDS

LINK = Record(
    "link",
    {
        "url": Key(
            String(r"https?://[^\s]+", Doc("https:// で始まるアドレス", "an address that begins with https://")),
            Doc("アドレス", "The address"),
            required=True,
        ),
        "title": Key(WORDS, Doc("リンクの文", "What the link says"), required=True),
    },
    Doc("案内先のリンク", "A link to go to"),
)

STOP = Record(
    "stop",
    {
        "when": Key(FORMULA, Doc("この式が真とわかったら打ち切る", "Ends the way once known true"), required=True),
        "reason": Key(WORDS, Doc("申請できない理由", "Why one cannot apply"), required=True),
        "instead": Key(WORDS, Doc("代わりにどうすればよいか", "What to do, or where to go, instead"), required=True),
        "link": Key(LINK, Doc("案内先", "Where to go")),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
    },
    Doc("申請の打切り", "A stop: with these answers one cannot apply"),
)

WARNING = Record(
    "warning",
    {
        "when": Key(FORMULA, Doc("この式が真とわかったら知らせる", "Shown once known true"), required=True),
        "text": Key(WORDS, Doc("知らせる文", "What is pointed out"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
    },
    Doc("申請を止めない注意", "A warning that does not stop"),
)

STOPS = MapOf(STOP, IDENTIFIER)
WARNINGS = MapOf(WARNING, IDENTIFIER)
