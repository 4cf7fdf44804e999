"""Where answers lead, told to an author in either language."""

from datetime import date

import pytest

from engine.compiling import Concepts, compile_procedure, load_concepts
from engine.explain import explain, titles
from engine.model import Procedure
from tests.engine.language.specs import CONCEPTS, FEATURES, REAL, procedure

DAY = date(2026, 5, 1)


@pytest.fixture
def dogs() -> Procedure:
    concepts, _ = load_concepts(CONCEPTS.read_bytes(), "concepts.yaml")
    path = next(path for path in REAL if path.stem == "dog-registration")
    found = compile_procedure(path.read_bytes(), path.name, concepts).procedure
    assert found is not None
    return found


def test_path_fee_office_and_that_it_can_be_submitted(dogs: Procedure) -> None:
    text = explain(dogs, dogs.scenarios[0].answers, DAY, "en")
    for part in (
        "✓ certificate_photo",
        "wants_vaccination_tag",
        "2 × 3,000 yen = 6,000 yen",
        "total 6,550 yen",
        "by 2026-05-08",
        "hokenjo (10 business days)",
        "It can be submitted",
    ):
        assert part in text


def test_what_is_not_on_the_path_and_what_is_rejected(dogs: Procedure) -> None:
    text = explain(dogs, dogs.scenarios[2].answers, DAY, "ja")
    assert "– certificate_photo" in text
    assert "受け付けない" in text
    assert "dogs.0.chip:" in text


def test_a_fee_that_is_not_known_yet_names_its_line(dogs: Procedure) -> None:
    assert "犬の登録手数料: この答えからは数量が決まらない" in explain(dogs, {}, DAY, "ja")
    assert "these answers do not say how many" in explain(dogs, {}, DAY, "en")


def test_a_missing_rate_is_told_with_its_day(dogs: Procedure) -> None:
    text = explain(dogs, dogs.scenarios[0].answers, date(1999, 1, 1), "en")
    assert "there is no rate on 1999-01-01" in text


FEES = """\
fees:
  due: submission
  lines:
    a: {title: 料, law: 法, account: '1', yen: [{from: 2020-01-01, amount: 300}]}
  waivers:
    w: {title: 減, law: 法第2条, percent: 50, when: poor}
"""


def test_a_waiver_is_shown() -> None:
    found = procedure("poor: {type: boolean, title: 生活保護}", more=FEES)
    assert "減: reduced by 150 yen (法第2条), because" in explain(found, {"poor": True}, DAY, "en")
    assert "reduced" not in explain(found, {"poor": False}, DAY, "en")


def test_without_fee_or_review() -> None:
    found = procedure("a: {type: boolean, title: 甲}", "b: {type: text, title: 乙, when: a}")
    text = explain(found, {"a": False}, DAY, "en")
    assert "none" in text
    assert "confirmed at once" in text
    assert "not asked: b" in text


def test_what_people_call_names(dogs: Procedure) -> None:
    found = titles(dogs, "en")
    assert found["dogs"] == "Dogs to register"
    assert found["vaccinated"] == "Do you want this year's vaccination tag?"
    assert found["sex=male"] == "Male"


VALUES = """\
calculated:
  fee:
    title: {ja: 料金, en: Fee}
    unit: {ja: 円, en: yen}
    show: true
    table: {on: [size], hit: first, rows: [{size: {up_to: 10}, give: 1200}], otherwise: {calculate: size * 1000}}
  open_day: {title: {ja: 開く日, en: Opening}, show: true, value: "add_days(today, size)"}
  free: {title: {ja: 無料, en: Free}, show: true, value: size < 1}
"""


@pytest.mark.parametrize(
    ("answers", "language", "said"),
    [
        ({"size": 5}, "ja", "料金 = 1,200円（表の1行目: 「広さ」が10以下）"),
        ({"size": 50}, "en", "Fee = 50,000 yen (where no row of the table matches)"),
        ({"size": 5}, "ja", "開く日 = 2026年5月6日（今日の「広さ」日後）"),
        ({"size": 0}, "en", "Free = Yes (“Size” is less than 1)"),
        ({}, "ja", "料金 = まだ決まらない"),
    ],
)
def test_calculated_values_are_told_with_why(answers: dict[str, int], language: str, said: str) -> None:
    found = procedure("size: {type: integer, title: {ja: 広さ, en: Size}, minimum: 0}", more=VALUES)
    assert said in explain(found, answers, DAY, language).replace("  ", " ")


def test_the_office_is_told_with_the_row_it_comes_from() -> None:
    path = next(path for path in FEATURES if path.stem == "office-by-table")
    found = compile_procedure(path.read_bytes(), path.name, Concepts.empty()).procedure
    assert found is not None
    text = explain(found, {"ward": "ota", "area": 1}, DAY, "en")
    assert "nan-office (10 business days)" in text
    assert "row 2 of the table: “Ward” is “Ota” and “Large” is no" in text
    assert "these answers do not say (review.office)" in explain(found, {}, DAY, "en")
