"""The examination: stages, grounds for refusal, what staff fill in."""

from engine.language.derived import Derived
from engine.language.fields import CLERK_FIELD
from engine.language.kinds import Choice, Doc, Key, ListOf, MapOf, Record, String, Whole, YesNo
from engine.language.names import IDENTIFIER
from engine.language.procedure.shared import FORMULA, SLUG, WORDS

STAGE = Record(
    "stage",
    {
        "title": Key(WORDS, Doc("段階の名前", "The name of the stage"), required=True),
        "role": Key(Choice(("clerk", "approver")), Doc("担当", "Who works it"), required=True),
        "another_person": Key(
            YesNo(),
            Doc(
                "担当が clerk の段階で、起案した人と別の人が起案のあとに確かめる（回議）なら true",
                "For a clerk's stage: somebody other than the proposer passes the proposal on; false by default",
            ),
        ),
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

OFFICE = Derived("office", SLUG, Doc("答えで決まる窓口", "An office that follows from the answers"))
STANDARD_DAYS = Derived(
    "standard_days", Whole(least=1), Doc("答えで決まる標準処理期間", "A standard period that follows from the answers")
)

CORRECTION = Record(
    "correction",
    {
        "days": Key(
            Whole(least=1),
            Doc("補正に与える日数（開庁日。書かなければ10）", "Business days to correct; 10 where it is not written"),
        ),
        "remind_days": Key(
            Whole(least=1),
            Doc(
                "期限の何開庁日前に知らせるか（書かなければ3）",
                "A reminder so many business days before; 3",
            ),
        ),
        "unanswered": Key(
            Choice(("decide", "lapse")),
            Doc(
                "補正がないまま期限を過ぎたとき。いまある内容で判断する（decide、書かなければこれ）か、申請が終わる（lapse）",
                "If nobody answers: decide on what is there (decide, the default), or the application ends (lapse)",
            ),
        ),
        "law": Key(String(), Doc("終わることの根拠法令", "The legal basis of the end")),
        "reasons": Key(ListOf(WORDS), Doc("職員が選ぶ補正の理由", "Reasons for clerks to choose from")),
    },
    Doc("補正の求め方", "How corrections are asked for"),
)

MESSAGE = Record(
    "ready_message",
    {
        "id": Key(IDENTIFIER, Doc("名前", "Its name"), required=True),
        "title": Key(WORDS, Doc("職員が選ぶときの題", "What clerks choose it by"), required=True),
        "text": Key(WORDS, Doc("申請者に送る文", "The words to the applicant"), required=True),
    },
    Doc("申請者へのメッセージの文例", "A message to applicants that is ready to be changed and sent"),
)

CHECK_ITEM = Record(
    "check_item",
    {
        "id": Key(IDENTIFIER, Doc("名前", "Its name"), required=True),
        "title": Key(WORDS, Doc("確かめること", "What is to be checked"), required=True),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
        "stage": Key(IDENTIFIER, Doc("確かめる段階（書かなければ最初の段階）", "The stage; the first one by default")),
        "when": Key(
            FORMULA,
            Doc("確かめるのは、この条件が成り立つときだけ", "It is checked only where this holds"),
        ),
        "required": Key(
            YesNo(),
            Doc(
                "印がそろうまで次の段階に進めない（書かなければ true）",
                "The stage is not left before it is ticked; true by default",
            ),
        ),
    },
    Doc("審査で確かめること", "Something that staff check and tick off"),
)

REVIEW = Record(
    "review",
    {
        "office": Key(
            OFFICE, Doc("担当の窓口（名前か、式・表）", "The office: a name, or an expression or table"), required=True
        ),
        "standard_days": Key(
            STANDARD_DAYS,
            Doc("標準処理期間（開庁日。数か、式・表）", "Standard business days: a number, or an expression or table"),
            required=True,
        ),
        "stages": Key(MapOf(STAGE, IDENTIFIER, least=1), Doc("審査の段階", "The stages"), required=True),
        "correction": Key(CORRECTION, Doc("補正", "Corrections")),
        "messages": Key(ListOf(MESSAGE), Doc("申請者へのメッセージの文例", "Messages for clerks to start from")),
        "refusal_reasons": Key(ListOf(REFUSAL), Doc("不許可の理由", "Grounds for refusal")),
        "appeal": Key(WORDS, Doc("教示", "Where and by when to appeal")),
        "checklist": Key(ListOf(CHECK_ITEM), Doc("審査のチェックリスト", "What staff check and tick off")),
        "clerk_fields": Key(MapOf(CLERK_FIELD, IDENTIFIER), Doc("職員が記入する項目", "Fields that staff fill in")),
    },
    Doc("審査", "The examination"),
)
