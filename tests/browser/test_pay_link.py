"""Somebody else pays by a link and gets the receipt; whoever holds the certificate verifies it by its QR address."""

import re

from pypdf import PdfReader

from tests.browser import filing, working
from tests.browser.conftest import Somebody
from tests.browser.person import Person
from tests.browser.stack import Stack

CODE = re.compile(r"(?:[2-9A-HJ-NP-TV-Z]{4}-){3}[2-9A-HJ-NP-TV-Z]{4}")


def approved(somebody: Somebody, hanako: Person) -> str:
    """A tax certificate that waits for its fee."""
    application, reference = working.file_tax_certificate(hanako)
    with somebody("sato").unseen() as sato, somebody("suzuki").unseen() as suzuki:
        working.propose_approval(sato, reference)
        working.approve(suzuki, reference)
    return application


def test_paid_by_another_person_and_verified_by_a_third(somebody: Somebody, stack: Stack) -> None:
    hanako = somebody("hanako")
    application = approved(somebody, hanako)
    hanako.open(f"/applications/{application}/pay")
    hanako.press("リンクを作る")
    link = hanako.page.get_by_label("支払い用のリンク").input_value()
    assert link.startswith(f"{stack.web}/pay/")

    payer = somebody()
    payer.open(link)
    payer.sees("納税証明書", "1,200円", "お支払い期限")
    payer.sees_not("花子", application)
    payer.press("支払いへ進む")
    filing.pay(payer, "card_ok")
    filing.wait_for(payer, "お支払いを確認しました")
    payer.follow("領収証を受け取る")
    payer.type({"name": "株式会社見本"})
    payer.press("領収証を発行する")
    filing.wait_for(payer, "領収証をダウンロード（PDF）")
    with payer.page.expect_download() as download:
        payer.page.get_by_role("link", name="領収証をダウンロード（PDF）").click()
    receipt = PdfReader(download.value.path()).pages[0].extract_text()
    assert "株式会社見本　様" in receipt
    assert "花子" not in receipt

    hanako.open(f"/applications/{application}")
    filing.wait_for(hanako, "ダウンロード（PDF）")
    with hanako.page.expect_download() as download:
        hanako.page.get_by_role("link", name="ダウンロード（PDF）").click()
    file = download.value.path()
    code = CODE.search(PdfReader(file).pages[0].extract_text())[0]

    holder = somebody()
    holder.open(f"/verify/{code}")
    holder.sees("本物の証明書です", "納税証明書", "東京都")
    holder.sees_not("花子")
    holder.type({"file": str(file)})
    holder.press("ファイルを確かめる")
    holder.sees("発行したファイルと同じです")
    holder.open("/verify")
    holder.type({"code": code.lower().replace("-", " ")})
    holder.press("確かめる")
    holder.sees("本物の証明書です")
    holder.open("/verify/AAAA-AAAA-AAAA-AAAA", 404)
    holder.sees("見つかりません")
    payer.open(link)
    payer.sees("お支払いは済んでいます")
