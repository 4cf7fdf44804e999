"""Finding a procedure and reading what it needs, in each language."""

from collections.abc import Callable

import pytest

from engine.compiling.tariffs import is_tariff
from engine.words.bureaus import bureau_name
from tests.web.residents.applicant import Applicant
from tests.web.residents.conftest import SPECS
from web.residents.views.catalogue import folded

TAX = {"metropolitan-tax-certificate", "property-valuation-certificate"}
FOR_RESIDENTS = {path.stem for path in SPECS.glob("*/*.yaml") if not is_tariff(path.as_posix())} - {
    "child-risk-assessment"  # for staff alone
}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("犬", {"dog-registration"}),
        ("いぬ", {"dog-registration"}),
        ("イヌ", {"dog-registration"}),
        ("ｓｕｉｄｏ", set()),
        ("WATER", {"water-service-start"}),
        ("水道局", {"water-service-start"}),
        ("税 証明", TAX),
        ("空飛ぶ", set()),
        ("", FOR_RESIDENTS),
    ],
)
def test_search_takes_every_spelling(applicant: Callable[..., Applicant], wanted: str, found: set[str]) -> None:
    visitor = applicant()
    visitor.get("/", query_string={"q": wanted})
    cards = [node for node in visitor.tree.all("li") if "card" in node.attributes.get("class", "")]
    assert {card.all("a")[0].attributes["href"].rpartition("/")[2] for card in cards} == found
    assert len(cards) == len(found)
    assert ("見つかりませんでした" in visitor.main) == (not found)


def test_what_was_searched_is_shown_and_harmless(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.get("/", query_string={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in visitor.page.text


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
@pytest.mark.parametrize("id", sorted(FOR_RESIDENTS))
def test_before_you_start_says_all_of_it(applicant: Callable[..., Applicant], language: str, id: str) -> None:
    visitor = applicant()
    visitor.client.set_cookie("tetsuzuki_language", language)
    visitor.open(f"/procedures/{id}")
    assert visitor.page.status_code == 200
    text = visitor.main
    if language == "en":
        assert "About" in text
        assert not [node for node in visitor.tree.all("h1") if "lang" in node.attributes]
    if id == "dog-registration" and language == "ja":
        for words in (
            "入力は約5分",
            "1件 3,000円",
            "1件 550円",
            "受付から10日程度",
            "生後91日以上",
            "マイクロチップ番号",
        ):
            assert words in text
        assert "ログインして始める" in text


def test_laws_are_said_to_be_japanese_on_an_english_page(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.client.set_cookie("tetsuzuki_language", "en")
    visitor.open("/procedures/dog-registration")
    law = next(node for node in visitor.tree.all("li") if node.said.startswith("狂犬病"))
    assert law.attributes["lang"] == "ja"


def test_an_unknown_procedure_is_missing(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    assert visitor.get("/procedures/nothing").status_code == 404
    assert "sign-in?next" not in visitor.page.text


def test_a_bureau_without_a_name_is_called_by_its_id() -> None:
    assert bureau_name("suido", "en") == "Bureau of Waterworks"
    assert bureau_name("mystery", "en") == "mystery"


def test_folding_makes_spellings_alike() -> None:
    assert folded("ＷＡＴＥＲ イヌ") == folded("water いぬ")
