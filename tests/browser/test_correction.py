"""A correction from end to end: the clerk asks, the resident corrects on the phone, the clerk sees it and proposes."""

from tests.browser import working
from tests.browser.conftest import Somebody
from tests.browser.person import Person

BEFORE, AFTER = "品川 300 あ 12-34", "品川 300 あ 12-35"


def ask(sato: Person, reference: str) -> None:
    """The clerk claims the case, marks the plate, and is told what is missing before the mail is shown."""
    working.find_case(sato, reference)
    sato.press("引き受ける")
    sato.follow("補正を求める")
    sato.press("通知を確かめる", status=422)
    sato.type({"mark": "requests-0-plate"})
    sato.press("通知を確かめる", status=422)
    sato.type({"why.requests-0-plate": "車検証を確かめてください。", "words": "お手数をおかけします。"})
    sato.press("通知を確かめる")
    sato.sees("車検証を確かめてください。", "直していただくところ")
    sato.press("申請者に送る")
    sato.sees("補正のお願いを送りました", "標準処理期間は進みません")
    sato.open("/desk?tab=with_applicant")
    sato.sees("まで申請者が補正", reference)


def correct(hanako: Person, application: str) -> None:
    """Hanako sees what and why, makes a mistake, corrects it, checks and sends."""
    hanako.open("/applications")
    hanako.sees("内容を直して送る")
    hanako.open(f"/applications/{application}")
    hanako.sees("次は、あなたの番です")
    hanako.follow("直すところを見る")
    hanako.sees("車検証を確かめてください。", "お手数をおかけします。", BEFORE)
    hanako.sees_not("西新宿")
    hanako.leave_by(hanako.page.get_by_role("link", name="直す").first)
    hanako.look()
    hanako.type({"plate": ""})
    hanako.go_on(422)
    hanako.type({"plate": AFTER})
    hanako.go_on()
    hanako.sees("直しました")
    hanako.follow("確認して送る")
    hanako.sees(BEFORE, AFTER)
    hanako.type({"note": "一字違っていました。"})
    hanako.press("この内容で送る")
    hanako.sees("直した内容を受け付けました")
    hanako.follow("申請の状況を見る")
    hanako.sees("次は、窓口の番です", "修正した内容を送信しました")


def test_asked_for_corrected_on_the_phone_and_approved(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    application, reference = working.file_tax_certificate(hanako)
    sato = somebody("sato")
    ask(sato, reference)
    correct(hanako, application)
    sato.open("/desk?tab=mine")
    sato.sees("補正あり")
    working.find_case(sato, reference)
    sato.sees("補正で変わったところ", BEFORE, AFTER, "一字違っていました。")
    sato.follow("起案する")
    sato.type({"outcome": "approve"})
    sato.press("通知を確かめる")
    sato.press("この内容で起案する")
    working.approve(somebody("suzuki"), reference)
    hanako.open(f"/applications/{application}")
    hanako.sees("交付手数料のお支払い待ち")


def test_without_javascript(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    application, reference = working.file_tax_certificate(hanako)
    sato = somebody("sato", scripts=False)
    working.find_case(sato, reference)
    sato.press("引き受ける")
    sato.follow("補正を求める")
    sato.page.locator('[name="mark"][value="requests-0-copies"]').check()
    sato.page.locator('[name="why.requests-0-copies"]').fill("枚数を確かめてください。")
    sato.press("通知を確かめる")
    sato.press("申請者に送る")
    plain = somebody("hanako", scripts=False)
    plain.open(f"/applications/{application}/correction/change/requests/1/copies")
    plain.page.locator('[name="copies"]').fill("２")
    plain.go_on()
    plain.follow("確認して送る")
    plain.press("この内容で送る")
    plain.sees("直した内容を受け付けました")
