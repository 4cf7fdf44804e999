"""A wrong answer: the page again, everything typed kept, a summary that leads to each question, 422."""

from collections.abc import Callable

import pytest

from tests.web.client import main_form
from tests.web.residents.applicant import DOG, OWNER, PLACE, USER, Applicant


def test_an_empty_page_names_every_question_once(hana: Applicant) -> None:
    hana.start("dog-registration")
    page = hana.send()
    assert page.status_code == 422
    assert hana.problems == [
        "「氏名」を入力してください。",
        "郵便番号は7けたの数字で入力してください。",
        "市区町村を入力してください。",
        "町名と番地を入力してください。",
        "「電話番号」を入力してください。",
        "「メールアドレス」を入力してください。",
    ]
    assert hana.tree.all("title")[0].said.startswith("確認してください")


def test_what_was_typed_stays_as_it_was_typed(hana: Applicant) -> None:
    hana.start("dog-registration")
    strange = {**OWNER, "name.family": "<髙󠄁>&\"'", "phone": "０３ー電話", "address.building": "  𠮷ビル "}
    page = hana.send(strange)
    assert page.status_code == 422
    for name, text in strange.items():
        assert hana.typed(name) == [text], name
    assert len(hana.problems) == 1
    assert "電話番号" in hana.problems[0]


def test_the_summary_leads_to_the_input_itself(hana: Applicant) -> None:
    hana.start("dog-registration")
    hana.send({**OWNER, "name.given": "", "address.city": ""})
    box = next(node for node in hana.tree.all("div") if node.attributes.get("id") == "problems")
    assert [link.attributes["href"] for link in box.all("a")] == ["#f-name-given", "#f-address-city"]
    marked = [
        node.attributes["name"] for node in main_form(hana.tree).all("input") if "aria-invalid" in node.attributes
    ]
    assert marked == ["name.given", "address.city"]


def test_nothing_of_a_rejected_page_is_saved(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    hana.send({**OWNER, "phone": "x"})
    hana.open(f"/applications/{id}/steps/owner")
    assert "書きかけの内容があります" in hana.main
    assert hana.typed("phone") == ["x"]  # typed text, shown again; no answer
    hana.open(f"/applications/{id}")
    assert "項目のうち0項目が入力済みです" in hana.main


def test_an_answer_to_a_hidden_question_stops_nobody(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.start("water-service-start")
    visitor.send(PLACE)
    visitor.send({**USER, "present": "no", "present_time": "morning"})
    assert visitor.heading == "料金の支払い"
    visitor.send({"pay_with": "slip", "bill_elsewhere": "no", "bill_address.postcode": "12"})
    assert visitor.heading == "入力内容の確認"
    assert "立会いの時間帯" not in visitor.main


def test_mistakes_of_an_item_lead_to_its_questions(hana: Applicant) -> None:
    hana.start("dog-registration")
    hana.send(OWNER)
    page = hana.send({**DOG, "chipped": "yes", "chip": "123", "born.year": "2030"})
    assert page.status_code == 422
    assert len(hana.problems) == 2
    assert "マイクロチップ番号は15けたの数字で入力してください。" in hana.problems
    assert hana.typed("chip") == ["123"]
    hana.send({"chip": "３９２ー１４００ーー", "born.year": "2025"})
    assert hana.page.status_code == 422
    hana.send({"chip": "392140000000001"})
    assert hana.heading == "登録する犬"


@pytest.mark.parametrize("text", ["あ" * 10_000, "😀👨‍👩‍👧", "\u202eابن", "葛\U000e0100", "\ud83d"])
def test_odd_names_are_kept_or_refused_but_never_break(hana: Applicant, text: str) -> None:
    hana.start("dog-registration")
    page = hana.send({**OWNER, "name.family": text.encode("utf-8", "replace").decode("utf-8")})
    assert page.status_code in {200, 422}


def test_errors_are_in_the_language_of_the_page(hana: Applicant) -> None:
    hana.client.set_cookie("tetsuzuki_language", "en")
    hana.start("dog-registration")
    hana.send()
    assert hana.tree.all("html")[0].attributes["lang"] == "en"
    assert hana.tree.all("title")[0].said.startswith("Please check")
    assert hana.problems[0] == "Enter an answer for “Full name”."
