"""What a changed answer did further on is told once, calmly, on the page that comes next."""

from collections.abc import Callable

import pytest

from tests.web.casework import photo
from tests.web.residents.applicant import DOG, OWNER, Applicant

VACCINATED = {**DOG, "vaccinated": "yes"}
CERTIFICATE = {"tax": "resident_corporate", "year": "2025", "copies": "2"}


def note(person: Applicant) -> str:
    """What the note of effects says; empty without one."""
    boxes = [node for node in person.tree.all("div") if node.attributes.get("id") == "effects"]
    return boxes[0].said if boxes else ""


@pytest.fixture
def taxed(hana: Applicant) -> str:
    """Hanako asks for tax certificates as the taxpayer, up to the check page; the application's id."""
    id = hana.start("metropolitan-tax-certificate")
    hana.send({"applicant_kind": "holder", **OWNER})
    hana.send(CERTIFICATE)
    hana.send()
    hana.send({"purpose": "loan", "no_arrears": "yes"})
    assert hana.heading == "入力内容の確認"
    return id


def test_the_first_way_through_tells_nothing(hana: Applicant) -> None:
    hana.start("dog-registration")
    hana.send(OWNER)
    assert not note(hana)
    hana.send(VACCINATED)
    hana.press("もう1件追加する")
    hana.send(DOG)
    assert hana.page.request.query_string == b""
    assert not note(hana)


def test_a_new_question_and_another_fee_are_told_where_the_new_page_comes_next(hana: Applicant) -> None:
    hana.register()
    hana.press("変更（登録する犬 1）")
    hana.send({"vaccinated": "yes"})
    assert hana.heading == "注射済証"
    told = note(hana)
    assert "答えが必要な項目が1つ増えました：" in told
    assert "手数料は3,000円から3,550円に変わりました。" in told
    assert "登録する犬を変えました" in told


def test_questions_that_come_and_go_are_named_and_the_answers_are_kept(hana: Applicant, taxed: str) -> None:
    hana.press("変更（どなたが申請しますか）")
    hana.send({"applicant_kind": "agent"})
    assert hana.heading == "納税者"
    assert hana.page.request.args["return"] == "check"
    assert "代理人（委任状が必要です）" in note(hana)
    assert "答えが必要な項目が3つ増えました" in note(hana)
    names = {key.replace("name", "holder_name").replace("address", "holder_address"): OWNER[key] for key in OWNER}
    hana.open(f"/applications/{taxed}/steps/purpose?return=check")
    assert not note(hana)  # told once
    hana.open(f"/applications/{taxed}/steps/taxpayer?return=check")
    hana.send(names, files=[("mandate.new", "委任状.jpg", photo())])
    assert hana.heading == "入力内容の確認", hana.problems
    hana.press("変更（どなたが申請しますか）")
    hana.send({"applicant_kind": "holder"})
    assert hana.heading == "入力内容の確認"
    assert "送信されなくなった答え" in note(hana)
    assert "委任状" in note(hana)
    hana.press("変更（どなたが申請しますか）")
    hana.send({"applicant_kind": "agent"})
    assert hana.heading == "入力内容の確認"  # everything was kept: no page comes in between
    assert "前に入力した答えをもう一度使う項目" in note(hana)


def test_removing_one_of_a_list_is_told_on_the_list(hana: Applicant) -> None:
    hana.register(DOG, {**DOG, "call_name": "ハナ"})
    hana.press("追加・削除")
    hana.press("削除（登録する犬 2）")
    hana.send()
    assert hana.heading == "登録する犬"
    assert "手数料は6,000円から3,000円に変わりました。" in note(hana)
    hana.send()
    assert hana.heading == "入力内容の確認"
    assert not note(hana)


def test_what_changes_nothing_further_on_is_not_told(hana: Applicant, taxed: str) -> None:
    hana.press("変更（電話番号）")
    hana.send({"phone": "0311112222"})
    assert hana.heading == "入力内容の確認"
    assert not note(hana)


def test_after_the_next_save_it_is_told_no_more(hana: Applicant, taxed: str) -> None:
    hana.press("変更（証明書 1）")
    hana.send({"copies": "3"})
    told_at = hana.page.request.full_path
    assert "手数料は800円から1,200円に変わりました" in note(hana)
    hana.press("変更（電話番号）")
    hana.send({"phone": "0311112222"})
    hana.open(told_at)
    assert not note(hana)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The fee was 800 yen and is now 1,200 yen."), ("easy", "1,200円")]
)
def test_in_other_languages(
    applicant: Callable[..., Applicant], hana: Applicant, taxed: str, language: str, words: str
) -> None:
    hana.client.set_cookie("tetsuzuki_language", language)
    hana.open(f"/applications/{taxed}/steps/certificates/requests/1?return=check")
    hana.send({"copies": "3"})
    assert words in note(hana)
