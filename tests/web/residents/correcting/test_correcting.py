"""On the phone: only what must change is asked, each with why and what was answered before; then it is sent."""

from collections.abc import Callable

import pytest

from engine.lifecycle import Status
from procedures.corrections import working
from tests.web.casework import TAX, Casework, photo
from tests.web.residents.applicant import Applicant

Asked = Callable[..., str]
PHONE, CHIP, DOGS = ("phone",), ("dogs", 0, "chip"), ("dogs",)


def open_correction(hana: Applicant, id: str, then: str = "") -> None:
    hana.open(f"/applications/{id}/correction{then}")


def test_only_what_must_change_and_why(hana: Applicant, asked: Asked) -> None:
    id = asked(PHONE, CHIP, words="お電話でもお知らせした件です。")
    hana.open(f"/applications/{id}")
    hana.press("直すところを見る")
    assert hana.heading == "直していただくところ"
    for words in (
        "電話番号",
        "マイクロチップ番号",
        "犬 1",
        "読み取れませんでした。",
        "お電話でもお知らせした件です。",
        "2026年5月20日",
    ):
        assert words in hana.main
    assert "西新宿" not in hana.main
    assert "審査の期間は進みません" in hana.main


def test_corrected_checked_and_sent(hana: Applicant, asked: Asked, casework: Casework) -> None:
    id = asked(PHONE)
    open_correction(hana, id)
    hana.press("直す")
    assert "読み取れませんでした。" in hana.main
    assert hana.typed("phone") == ["0353211111"]
    hana.send({"phone": "０９０ー１２３４ー５６７８"})
    assert hana.at == f"/applications/{id}/correction"
    assert "直しました" in hana.main
    hana.press("確認して送る")
    assert "0353211111" in hana.main.replace("-", "")
    assert "09012345678" in hana.main.replace("-", "")
    hana.send({"note": "新しい番号です。"})
    assert hana.heading == "直した内容を受け付けました"
    seen = casework.see(id)
    assert (seen.status, seen.round, seen.answers["phone"]) == (Status.IN_REVIEW, 2, "09012345678")
    hana.open(f"/applications/{id}")
    assert "修正した内容を送信しました" in hana.main
    open_correction(hana, id)
    assert hana.at == f"/applications/{id}"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(hana: Applicant, asked: Asked) -> None:
    id = asked(PHONE)
    open_correction(hana, id, "/change/phone")
    answer = hana.send({"phone": "abc"})
    assert answer.status_code == 422
    assert hana.problems
    assert hana.typed("phone") == ["abc"]


@pytest.mark.parametrize("place", ["address", "email", "dogs", "dogs/1/call_name", "dogs/1", "dogs/9/chip", "stray"])
def test_what_was_not_marked_has_no_page_and_takes_no_answer(
    hana: Applicant, asked: Asked, casework: Casework, place: str
) -> None:
    id = asked(PHONE, CHIP)
    before = casework.see(id).answers
    for method in (hana.get, hana.post):
        assert method(f"/applications/{id}/correction/change/{place}").status_code == 404
    forged = {"phone": "09012345678", "email": "evil@example.jp", "address.city": "港区", "dogs": "[]"}
    hana.post(f"/applications/{id}/correction/change/phone", forged)
    open_correction(hana, id, "/check")
    hana.send({**forged, "note": "x"})
    after = casework.see(id).answers
    assert after == {**before, "phone": "09012345678"}


def test_an_answer_inside_an_item_and_what_it_opens(hana: Applicant, asked: Asked, casework: Casework) -> None:
    id = asked(("dogs", 1, "chipped"))
    open_correction(hana, id, "/change/dogs/2/chipped")
    hana.send({"chipped": "yes"})
    assert "直した内容に合わせて確認するところ" in hana.main
    open_correction(hana, id, "/check")
    assert "まだ送れません" in hana.main
    hana.press("入力する")
    assert hana.heading.endswith("マイクロチップ番号")
    hana.send({"chip": "392140000000002"})
    open_correction(hana, id, "/check")
    hana.send({"note": ""})
    assert casework.see(id).answers["dogs"][1]["chip"] == "392140000000002"


def test_a_whole_list(hana: Applicant, asked: Asked, casework: Casework) -> None:
    id = asked(DOGS)
    open_correction(hana, id)
    hana.press("直す")
    assert "ポチ" in hana.main
    hana.press("削除")
    hana.send(form="/remove")
    assert "ポチ" not in hana.main
    hana.press("変更")
    hana.send({"call_name": "ハナコ"})
    hana.press("もう1件追加する")
    hana.send({"call_name": "タマ", "breed": "柴犬", "sex": "male", "born.year": "2025", "born.month": "12",
               "born.day": "1", "chipped": "no", "vaccinated": "no"})  # fmt: skip
    hana.send()
    open_correction(hana, id, "/check")
    hana.send({"note": ""})
    assert [dog["call_name"] for dog in casework.see(id).answers["dogs"]] == ["ハナコ", "タマ"]


def test_an_empty_list_keeps_it_from_being_sent(hana: Applicant, asked: Asked) -> None:
    id = asked(DOGS, scenario=1)
    open_correction(hana, id, "/change/dogs/1/remove")
    hana.send(form="/remove")
    assert hana.problems
    open_correction(hana, id, "/check")
    assert "まだ送れません" in hana.main


def test_a_removal_of_what_is_not_there_any_more(hana: Applicant, asked: Asked) -> None:
    id = asked(DOGS)
    open_correction(hana, id, "/change/dogs/1/remove")
    hana.send(form="/remove")
    assert hana.post(f"/applications/{id}/correction/change/dogs/1/remove", {"seen": "old"}).status_code == 303
    open_correction(hana, id, "/change/dogs")
    assert "ハナ" in hana.main
    assert hana.get(f"/applications/{id}/correction/change/dogs/2/remove").status_code == 404


def test_a_better_photo(hana: Applicant, asked: Asked, casework: Casework) -> None:
    id = asked(("mandate",), spec=TAX, scenario=1)
    open_correction(hana, id, "/change/mandate")
    assert "委任状.jpg" in hana.main
    hana.send({"upload": "mandate"}, files=[("mandate.new", "明るい.jpg", photo())])
    assert "明るい.jpg" in hana.main
    former = casework.see(id).answers["mandate"][0]
    hana.send({"remove_file": f"mandate:{former}"})
    assert hana.typed("mandate") != [former]
    hana.send()
    open_correction(hana, id, "/check")
    assert "委任状.jpg" in hana.main
    hana.send({"note": "撮り直しました。"})
    seen = casework.see(id)
    assert [file.name for file in seen.files] == ["明るい.jpg"]


def test_a_file_that_is_none_is_refused_with_a_word(hana: Applicant, asked: Asked) -> None:
    id = asked(("mandate",), spec=TAX, scenario=1)
    open_correction(hana, id, "/change/mandate")
    answer = hana.send({"upload": "mandate"}, files=[("mandate.new", "x.jpg", b"MZ\x90\x00 no photo")])
    assert answer.status_code == 422
    assert hana.problems


def test_nothing_changed_needs_a_word(hana: Applicant, asked: Asked) -> None:
    id = asked(PHONE)
    open_correction(hana, id, "/check")
    assert hana.send({"note": "  "}).status_code == 422
    assert hana.problems
    assert hana.send({"note": "あ" * 2001}).status_code == 422
    assert hana.typed("note") == ["あ" * 2001]
    hana.send({"note": "このとおりで間違いありません。"})
    assert hana.heading == "直した内容を受け付けました"


def test_two_tabs(hana: Applicant, asked: Asked, casework: Casework) -> None:
    id = asked(PHONE)
    open_correction(hana, id, "/change/phone")
    other = working.open_request
    with casework.database.write() as session:
        revision = other(session, casework.person("hanako"), id).revision
        working.save(session, casework.person("hanako"), casework.now, id, PHONE, "0312345678", revision)
    assert hana.send({"phone": "09012345678"}).status_code == 409
    assert "0312345678" in hana.main.replace("-", "")
    hana.send({"phone": "09012345678"})
    open_correction(hana, id, "/check")
    with casework.database.write() as session:
        working.save(session, casework.person("hanako"), casework.now, id, PHONE, "0312345678", revision + 2)
    assert hana.send({"note": ""}).status_code == 409
    assert casework.see(id).round == 1


def test_a_second_click_ends_where_the_first_one_did(hana: Applicant, asked: Asked, casework: Casework) -> None:
    id = asked(PHONE)
    open_correction(hana, id, "/check")
    for _ in range(2):
        hana.post(f"/applications/{id}/correction/check", {"revision": "1", "note": "そのままです。"})
        assert hana.page is not None
        assert hana.page.status_code == 303
    assert casework.see(id).round == 2


@pytest.mark.parametrize("path", ["", "/check", "/sent", "/change/phone", "/change/dogs", "/change/dogs/1/remove"])
def test_another_person_finds_nothing(asked: Asked, applicant: Callable[..., Applicant], path: str) -> None:
    id = asked(PHONE, DOGS)
    for person in (applicant("taro"), applicant()):
        assert person.get(f"/applications/{id}/correction{path}").status_code == 404
    assert applicant("taro").post(f"/applications/{id}/correction{path or '/check'}", {}).status_code in {404, 405}


def test_the_price_before_and_after(hana: Applicant, asked: Asked) -> None:
    id = asked(DOGS)
    open_correction(hana, id, "/change/dogs/2/remove")
    hana.send(form="/remove")
    open_correction(hana, id, "/check")
    assert "6,550円" in hana.main
    assert "3,550円" in hana.main
    assert "納めすぎた額" in hana.main


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_every_page_in_every_language(hana: Applicant, asked: Asked, language: str) -> None:
    hana.client.set_cookie("tetsuzuki_language", language)
    id = asked(PHONE, DOGS)
    for path in (
        "",
        "/change/phone",
        "/change/dogs",
        "/change/dogs/1",
        "/change/dogs/3",
        "/change/dogs/1/remove",
        "/check",
    ):
        assert hana.open(f"/applications/{id}/correction{path}").status_code == 200
