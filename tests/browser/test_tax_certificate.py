"""The tax certificate: examined first, then paid, then the sealed PDF; and refused, with reasons and the appeal."""

from pypdf import PdfReader

from tests.browser import filing, working
from tests.browser.conftest import Somebody


def test_examined_then_paid_then_issued(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    application = filing.tax_certificate(hanako)
    hanako.sees("1,200", "品川 300 あ 12-34")
    hanako.press("この内容で送信する")
    reference = working.reference_of(hanako)

    working.propose_approval(somebody("sato"), reference)
    working.approve(somebody("suzuki"), reference)

    hanako.open(f"/applications/{application}")
    hanako.sees("交付手数料のお支払い待ち")
    hanako.open(f"/applications/{application}/pay")
    hanako.press("支払いへ進む")
    filing.pay(hanako, "card_3ds")
    hanako.choose("choice", "approve")
    filing.wait_for(hanako, "お支払いを確認しました")
    hanako.follow("申請の状況を見る")
    filing.wait_for(hanako, "ダウンロード（PDF）")
    with hanako.page.expect_download() as download:
        hanako.page.get_by_role("link", name="ダウンロード（PDF）").click()
    certificate = PdfReader(download.value.path())
    assert "納税証明書" in "".join(page.extract_text() for page in certificate.pages)
    assert certificate.get_fields(), "the certificate carries no signature field"


def test_refused_with_reasons_that_the_applicant_reads(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    application, reference = working.file_tax_certificate(hanako)

    sato = somebody("sato")
    working.find_case(sato, reference)
    sato.press("引き受ける")
    sato.follow("起案する")
    sato.type({"outcome": "refuse"})
    sato.press("通知を確かめる", status=422)
    sato.sees("不承認の理由を1つ以上選んでください。")
    sato.type({"reason": "T1", "text": "2025年度の課税の記録がありません。"})
    sato.press("通知を確かめる")
    sato.press("この内容で起案する")

    suzuki = somebody("suzuki")
    working.find_case(suzuki, reference)
    suzuki.press("不承認を決裁する")

    hanako.open(f"/applications/{application}")
    hanako.sees(
        "不承認", "請求された年度・税目の課税または納付の記録がない", "審査請求", "2025年度の課税の記録がありません。"
    )


def test_a_case_sent_back_comes_to_the_clerk_with_the_note(somebody: Somebody) -> None:
    _, reference = working.file_tax_certificate(somebody("hanako"))
    sato, suzuki = somebody("sato"), somebody("suzuki")
    with sato.unseen() as unseen:
        working.propose_approval(unseen, reference)
    working.find_case(suzuki, reference)
    suzuki.page.get_by_text("担当者に差し戻す").click()
    suzuki.press("差し戻す", status=422)
    suzuki.type({"note": "年度を確かめてください"})
    suzuki.press("差し戻す")
    working.find_case(sato, reference)
    sato.sees("決裁者から差し戻されました", "年度を確かめてください")
