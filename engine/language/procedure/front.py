"""What a procedure says before it asks and once it is sent: signing in, what to have at hand, what to do next."""

from engine.language.kinds import Choice, Doc, Key, ListOf, Record, Whole, YesNo
from engine.language.procedure.rules import LINK
from engine.language.procedure.shared import WORDS

SIGN_IN = Record(
    "sign_in",
    {
        "required": Key(YesNo(), Doc("ログインが必要か", "Whether one must sign in")),
        "assurance": Key(Choice(("basic", "substantial", "high")), Doc("本人確認の強さ", "How sure the identity is")),
    },
    Doc("ログイン", "Signing in"),
)

REPRESENTATION = Record(
    "representation",
    {
        "by": Key(
            ListOf(Choice(("family", "attorney", "gyoseishoshi")), least=1, unique=True),
            Doc("誰が代理できるか（家族、代理人、行政書士）", "Who may act: family, an attorney, a gyoseishoshi"),
            required=True,
        ),
        "needs": Key(
            Choice(("mandate_file", "grant", "either")),
            Doc(
                "委任の示し方（委任状の提出、本人のログインによる委任、どちらか）",
                "How the mandate is shown: a paper, a grant by the principal who signs in, or either",
            ),
            required=True,
        ),
    },
    Doc("代理での申請", "Applying on behalf of somebody else"),
)

BEFORE = Record(
    "before_you_start",
    {
        "minutes": Key(Whole(least=1), Doc("かかる時間（分）", "Minutes it takes")),
        "bring": Key(ListOf(WORDS), Doc("用意するもの", "What to have at hand")),
        "who": Key(WORDS, Doc("申請できる方", "Who may apply")),
        "deadline": Key(WORDS, Doc("いつまでに", "By when")),
    },
    Doc("始める前に知らせること", "What to tell before starting"),
)

AFTERWARDS = Record(
    "afterwards",
    {
        "text": Key(WORDS, Doc("送信した方に伝える文", "What to tell whoever has sent it"), required=True),
        "link": Key(LINK, Doc("案内先", "Where to go")),
    },
    Doc("送信のあとに知らせること", "What to tell once it is sent"),
)
