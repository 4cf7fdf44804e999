"""The spec language, declared once: the keys of a procedure, what they hold and what they mean."""

from engine.language.fields import CLERK_FIELD, FIELD, IDENTIFIER
from engine.language.kinds import (
    AnyMap,
    Choice,
    Day,
    Doc,
    Formula,
    Key,
    ListOf,
    MapOf,
    Name,
    Record,
    String,
    Whole,
    Words,
    YesNo,
)

WORDS = Words()
FORMULA = Formula()
LAWS = ListOf(String(), unique=True)
SLUG = Name(
    r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
    Doc("英小文字・数字を - でつないだ名前", "lower-case letters and digits joined by -"),
)
ACCOUNT = String(r"[0-9]+(?:-[0-9]+)*", Doc("歳入科目の番号（1201-03）", "a revenue account number (1201-03)"))

SIGN_IN = Record(
    "sign_in",
    {
        "required": Key(YesNo(), Doc("ログインが必要か", "Whether one must sign in")),
        "assurance": Key(Choice(("basic", "substantial", "high")), Doc("本人確認の強さ", "How sure the identity is")),
    },
    Doc("ログイン", "Signing in"),
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

STEP = Record(
    "step",
    {
        "title": Key(WORDS, Doc("画面の題", "The title of the screen"), required=True),
        "hint": Key(WORDS, Doc("画面の説明", "An explanation")),
        "when": Key(FORMULA, Doc("この式が真のときだけ通る", "On the path only where this is known to be true")),
        "fields": Key(MapOf(FIELD, IDENTIFIER, least=1), Doc("この画面の項目", "The fields"), required=True),
    },
    Doc("一つの画面", "One screen"),
)

RATE = Record(
    "rate",
    {
        "from": Key(Day(), Doc("この日から", "In force from this day"), required=True),
        "amount": Key(Whole(least=0), Doc("一つあたりの円", "Yen for one unit"), required=True),
    },
    Doc("ある日からの単価", "A rate from a day on"),
)

FEE_LINE = Record(
    "fee_line",
    {
        "title": Key(WORDS, Doc("手数料の名前", "The name of the fee"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
        "account": Key(ACCOUNT, Doc("歳入科目", "The revenue account"), required=True),
        "count": Key(FORMULA, Doc("数量の式（書かなければ1）", "How many; 1 where it is not written")),
        "when": Key(FORMULA, Doc("この式が真のときだけかかる", "Charged only where this is known to be true")),
        "yen": Key(ListOf(RATE, least=1), Doc("日付ごとの単価", "Rates by date"), required=True),
    },
    Doc("手数料の一行", "A line of the bill"),
)

WAIVER = Record(
    "waiver",
    {
        "title": Key(WORDS, Doc("減免の名前", "The name of the reduction"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
        "when": Key(
            FORMULA, Doc("この式が真のときに減免する", "Granted where this is known to be true"), required=True
        ),
        "percent": Key(Whole(1, 100), Doc("減免の割合（%）", "Per cent taken off"), required=True),
        "needs": Key(IDENTIFIER, Doc("証拠となる書類の項目", "The file field with the evidence")),
    },
    Doc("減免", "A reduction"),
)

FEES = Record(
    "fees",
    {
        "due": Key(Choice(("submission", "approval")), Doc("いつ納めるか", "When it is due"), required=True),
        "pay_by": Key(FORMULA, Doc("納期限の式（today は請求の日）", "The day to pay by; today is the day of demand")),
        "refundable": Key(YesNo(), Doc("還付できるか", "Whether it can be refunded")),
        "lines": Key(MapOf(FEE_LINE, IDENTIFIER, least=1), Doc("手数料の行", "The lines"), required=True),
        "waivers": Key(MapOf(WAIVER, IDENTIFIER), Doc("減免", "Reductions")),
    },
    Doc("手数料", "Fees"),
)

STAGE = Record(
    "stage",
    {
        "title": Key(WORDS, Doc("段階の名前", "The name of the stage"), required=True),
        "role": Key(Choice(("clerk", "approver")), Doc("担当", "Who works it"), required=True),
    },
    Doc("審査の段階", "A stage of the examination"),
)

REFUSAL = Record(
    "refusal_reason",
    {
        "code": Key(String(r"[A-Za-z0-9_-]+", Doc("英数字の符号", "a short code")), Doc("符号", "Code"), required=True),
        "title": Key(WORDS, Doc("理由の文", "The reason"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
    },
    Doc("不許可の理由", "A ground for refusal"),
)

REVIEW = Record(
    "review",
    {
        "office": Key(SLUG, Doc("担当の窓口", "The office"), required=True),
        "standard_days": Key(Whole(least=1), Doc("標準処理期間（開庁日）", "Standard business days"), required=True),
        "stages": Key(MapOf(STAGE, IDENTIFIER, least=1), Doc("審査の段階", "The stages"), required=True),
        "refusal_reasons": Key(ListOf(REFUSAL), Doc("不許可の理由", "Grounds for refusal")),
        "appeal": Key(WORDS, Doc("教示", "Where and by when to appeal")),
        "clerk_fields": Key(MapOf(CLERK_FIELD, IDENTIFIER), Doc("職員が記入する項目", "Fields that staff fill in")),
    },
    Doc("審査", "The examination"),
)

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

EXPECT = Record(
    "expectation",
    {
        "steps": Key(ListOf(IDENTIFIER), Doc("通る画面", "The steps on the path")),
        "fee": Key(Whole(least=0), Doc("手数料の合計（円）", "The total fee in yen")),
        "office": Key(SLUG, Doc("担当の窓口", "The office")),
        "errors": Key(ListOf(String()), Doc("受け付けない項目", "The fields that must be rejected")),
    },
    Doc("期待する結果", "What must come out"),
)
SCENARIO = Record(
    "scenario",
    {
        "name": Key(String(), Doc("例の名前", "The name of the example"), required=True),
        "on": Key(Day(), Doc("申請の日", "The day of the application"), required=True),
        "answers": Key(AnyMap(), Doc("答え", "The answers"), required=True),
        "expect": Key(EXPECT, Doc("期待する結果", "What must come out"), required=True),
    },
    Doc("例", "An example that must come true"),
)

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
        "law": Key(LAWS, Doc("根拠法令", "The legal basis")),
        "sign_in": Key(SIGN_IN, Doc("ログイン", "Signing in")),
        "before_you_start": Key(BEFORE, Doc("始める前に", "Before you start")),
        "draft": Key(
            Record(
                "draft",
                {"days": Key(Whole(1, 365), Doc("日数", "Days"), required=True)},
                Doc("下書きの保存期間", "How long a draft is kept"),
            ),
            Doc("下書き", "Drafts"),
        ),
        "conditions": Key(MapOf(FORMULA, IDENTIFIER), Doc("名前を付けた条件", "Conditions named once, used anywhere")),
        "steps": Key(MapOf(STEP, IDENTIFIER, least=1), Doc("画面", "The steps"), required=True),
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
