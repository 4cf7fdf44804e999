"""From the catalogue to the check page and beyond, as residents walk it."""

from collections.abc import Callable

from tests.web.residents.applicant import BILLING, DOG, OWNER, PLACE, USER, Applicant


def test_the_catalogue_lists_what_is_in_force_by_bureau(applicant: Callable[..., Applicant]) -> None:
    page = applicant().open("/")
    assert page.status_code == 200
    assert all(words in page.text for words in ("水道局", "水道の使用開始", "犬の登録と注射済票の交付", "入力は約5分"))


def test_water_from_the_catalogue_to_the_receipt_without_signing_in(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.open("/")
    visitor.press("水道の使用開始")
    visitor.send(form="/start")
    assert visitor.heading == "使用する場所"
    visitor.send(PLACE)
    visitor.send(USER)
    visitor.send(BILLING)
    assert visitor.heading == "入力内容の確認"
    assert "手数料はかかりません" in visitor.main
    page = visitor.send()
    assert visitor.at.endswith("/submitted")
    assert visitor.heading == "送信しました"
    assert page.headers["Cache-Control"] == "no-store"


def test_dogs_one_after_the_other_with_the_fee_growing(hana: Applicant) -> None:
    hana.start("dog-registration")
    assert "1/3" in hana.main
    hana.send(OWNER)
    assert hana.heading == "登録する犬 1"
    hana.send(DOG)
    assert hana.heading == "登録する犬"
    assert "3,000円" in hana.main
    hana.press("もう1件追加する")
    hana.send({**DOG, "call_name": "ハナ", "vaccinated": "yes"})
    assert "6,550円" in hana.main
    assert "2/4" in hana.main
    hana.send()
    assert hana.heading == "注射済証"


def test_several_conditional_questions_of_one_page_without_javascript(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.start("water-service-start")
    visitor.send(PLACE)
    assert "次の場合だけお答えください" in visitor.main
    visitor.send({**USER, "present": "yes"})
    assert visitor.page.status_code == 422
    assert len(visitor.problems) == 1
    visitor.send({"present_time": "morning"})
    assert visitor.heading == "料金の支払い"
