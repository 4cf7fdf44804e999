"""Two dogs: filed on a phone, declined card, paid, examined by two, certificate, the money on finance's page."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from tests.browser import filing, working
from tests.browser.conftest import Somebody
from tests.browser.stack import Stack

FEE = "6,550"


def test_from_the_catalogue_to_the_certificate_and_the_ledger(somebody: Somebody, stack: Stack, tmp_path: Path) -> None:
    hanako = somebody("hanako")
    application = filing.dogs(hanako, filing.photo(tmp_path))
    hanako.sees("髙橋", "163-8001", "ポチ", "ハナ", FEE)
    hanako.press("送信して支払いへ進む")
    hanako.sees(FEE)
    reference = hanako.page.locator("main").inner_text().split("受付番号")[1].split()[0]

    hanako.press("支払いへ進む")
    filing.pay(hanako, "card_declined", status=422)
    filing.pay(hanako, "card_ok")
    filing.wait_for(hanako, "お支払いを確認しました")
    hanako.follow("申請の状況を見る")
    hanako.sees("受付済み", reference)

    sato = somebody("sato")
    working.propose_approval(sato, reference)
    sato.sees_not("承認を決裁する")
    suzuki = somebody("suzuki")
    working.approve(suzuki, reference)

    hanako.open(f"/applications/{application}")
    filing.wait_for(hanako, "ダウンロード（PDF）")
    hanako.sees("完了")
    with hanako.page.expect_download() as download:
        hanako.page.get_by_role("link", name="ダウンロード（PDF）").click()
    words = "".join(page.extract_text() for page in PdfReader(download.value.path()).pages)
    assert "髙橋" in words
    assert "ポチ" in words

    tanaka = somebody("tanaka")
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    tanaka.open("/finance")
    tanaka.sees(FEE)
    tanaka.open(f"/finance/entries?since={today}&until={today}&figure=collected")
    tanaka.sees(FEE, reference)
    assert any(reference in mail.read_text(encoding="utf-8", errors="replace") for mail in stack.mails())


def test_a_shop_payment_arrives_later(somebody: Somebody, tmp_path: Path) -> None:
    hanako = somebody("hanako")
    with hanako.unseen() as unseen:
        application = filing.dogs(unseen, filing.photo(tmp_path), [filing.HANA])
    hanako.press("送信して支払いへ進む")
    hanako.press("支払いへ進む")
    filing.pay(hanako, "konbini")
    voucher = hanako.page.url
    hanako.follow("申請の画面に戻る")
    filing.wait_for(hanako, "コンビニでのお支払いをお待ちしています")
    hanako.open(f"/applications/{application}")
    hanako.sees("お支払い待ち")

    hanako.open(voucher)
    hanako.press("お店で支払ったことにする")
    hanako.open(f"/applications/{application}")
    filing.wait_for(hanako, "受付済み")
