"""The spec language, declared once: the keys of a procedure, what they hold and what they mean."""

from engine.language.kinds import Choice, Day, Doc, Key, ListOf, MapOf, Record, Whole
from engine.language.kinds.words import LANGUAGES
from engine.language.names import IDENTIFIER
from engine.language.originals import WholeSchema
from engine.language.procedure.acceptance import ACCEPTS
from engine.language.procedure.calculated import CALCULATED
from engine.language.procedure.certificates import CERTIFICATE
from engine.language.procedure.front import AFTERWARDS, BEFORE, REPRESENTATION, SIGN_IN
from engine.language.procedure.money import FEES
from engine.language.procedure.review import REVIEW
from engine.language.procedure.rules import STOPS, WARNINGS
from engine.language.procedure.scenarios import SCENARIO
from engine.language.procedure.shared import FORMULA, LAWS, SLUG, WORDS
from engine.language.procedure.steps import STEP

PROCEDURE = Record(
    "procedure",
    {
        "id": Key(SLUG, Doc("手続の名前（公開後は変えない）", "The name; never changes"), required=True),
        "version": Key(Day(), Doc("この日から有効な版", "In force from this day"), required=True),
        "title": Key(WORDS, Doc("手続の題", "The title"), required=True),
        "summary": Key(WORDS, Doc("手続の説明", "What it is for")),
        "bureau": Key(SLUG, Doc("所管の局", "The bureau in charge"), required=True),
        "audience": Key(
            ListOf(Choice(("resident", "business", "staff")), least=1, unique=True), Doc("対象", "For whom")
        ),
        "languages": Key(
            ListOf(Choice(LANGUAGES), least=1, unique=True),
            Doc(
                "すべての文がそろっている言語（足りなければ誤りになる）",
                "The languages that all wordings are promised in",
            ),
        ),
        "law": Key(LAWS, Doc("根拠法令", "The legal basis")),
        "sign_in": Key(SIGN_IN, Doc("ログイン", "Signing in")),
        "representation": Key(REPRESENTATION, Doc("代理", "On behalf of somebody else")),
        "before_you_start": Key(BEFORE, Doc("始める前に", "Before you start")),
        "afterwards": Key(AFTERWARDS, Doc("送信のあとに", "Once it is sent")),
        "draft": Key(
            Record(
                "draft",
                {
                    "days": Key(Whole(1, 365), Doc("最後に変えてからの日数", "Days after its last change")),
                    "grace_days": Key(
                        Whole(0, 365),
                        Doc(
                            "前の版の下書きを、この版が有効になってから出せる日数",
                            "Days for which drafts of earlier versions may still be finished on them",
                        ),
                    ),
                },
                Doc("下書きの保存期間", "How long a draft is kept"),
            ),
            Doc("下書き", "Drafts"),
        ),
        "accepts": Key(ACCEPTS, Doc("受付の期間・件数・停止", "When applications are taken, and how many")),
        "conditions": Key(MapOf(FORMULA, IDENTIFIER), Doc("名前を付けた条件", "Conditions named once, used anywhere")),
        "calculated": Key(
            MapOf(CALCULATED, IDENTIFIER),
            Doc("名前を付けた値（式か表）", "Values named once (expression or table), used anywhere"),
        ),
        "stops": Key(STOPS, Doc("申請を打ち切る条件", "What ends the way: who cannot apply, and why")),
        "warnings": Key(WARNINGS, Doc("申請を止めない注意", "What is pointed out without stopping")),
        "steps": Key(MapOf(STEP, IDENTIFIER, least=1), Doc("画面", "The steps"), required=True),
        "schema": Key(
            WholeSchema(),
            Doc("答え全体が満たす JSON Schema", "JSON Schema keywords that all answers together must match"),
        ),
        "fees": Key(FEES, Doc("手数料", "Fees")),
        "review": Key(REVIEW, Doc("審査（書かなければ即時に完了）", "The examination; without it, confirmed at once")),
        "certificates": Key(MapOf(CERTIFICATE, IDENTIFIER), Doc("交付するもの", "What is issued")),
        "retention": Key(
            Record(
                "retention",
                {"years": Key(Whole(1, 100), Doc("年", "Years"), required=True)},
                Doc("保存期間", "How long cases are kept"),
            ),
            Doc("保存期間", "How long cases are kept"),
            required=True,
        ),
        "scenarios": Key(ListOf(SCENARIO), Doc("例（検査に使う）", "Examples, which are also the tests")),
    },
    Doc("手続", "A procedure"),
)
