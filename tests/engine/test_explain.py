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
        "by 8 May 2026",
        "Office: hokenjo\nStandard period: 10 business days",
        "These answers can be submitted",
    ):
        assert part in text


def test_what_is_not_on_the_path_and_what_is_rejected(dogs: Procedure) -> None:
    text = explain(dogs, dogs.scenarios[2].answers, DAY, "ja")
    assert "– certificate_photo" in text
    assert "提出できない。足りない答え・受け付けない答え" in text
    assert "dogs.0.chip:" in text


def test_a_fee_that_is_not_known_yet_names_its_line(dogs: Procedure) -> None:
    assert "犬の登録手数料: この答えからは数量が決まらない" in explain(dogs, {}, DAY, "ja")
    assert "these answers do not say how many" in explain(dogs, {}, DAY, "en")


def test_a_missing_rate_is_told_with_its_day(dogs: Procedure) -> None:
    text = explain(dogs, dogs.scenarios[0].answers, date(1999, 1, 1), "en")
    assert "there is no rate on 1 January 1999" in text


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
    assert "reduction, 減: −150 yen (法第2条), because" in explain(found, {"poor": True}, DAY, "en")
    assert "reduction" not in explain(found, {"poor": False}, DAY, "en")


def test_without_fee_or_review() -> None:
    found = procedure("a: {type: boolean, title: 甲}", "b: {type: text, title: 乙, when: a}")
    text = explain(found, {"a": False}, DAY, "en")
    assert "Fee: none" in text
    assert "confirmed at once" in text
    assert "not asked: b “乙”; only where “甲” is yes" in text


def test_what_people_call_names(dogs: Procedure) -> None:
    found = titles(dogs, "en")
    assert found["dogs"] == "Dogs to register"
    assert found["vaccinated"] == "Do you want this year's vaccination tag?"
    assert found["sex=male"] == "Male"


def test_whether_a_step_is_shown_not_shown_or_not_known_yet(dogs: Procedure) -> None:
    known = explain(dogs, dogs.scenarios[0].answers, DAY, "en")
    assert "✓ certificate_photo Vaccination certificate: shown, because for at least one of “Dogs to register”" in known
    assert "– certificate_photo 注射済証: 通らない。条件: " in explain(dogs, dogs.scenarios[2].answers, DAY, "ja")
    open_yet = explain(dogs, {}, DAY, "ja")
    assert "? certificate_photo 注射済証: この答えからはまだ決まらない。条件: " in open_yet


STOPPED = """\
stops:
  outside:
    when: address.city != '新宿区'
    reason: {ja: 区外の方は申請できません。, en: Only for people of the ward.}
    instead: {ja: お住まいの区で申請してください。, en: Apply where you live.}
    law: 条例第3条
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "ja",
            (
                "  ■ ここで打ち切る\n"
                "打切り outside: 区外の方は申請できません。（条例第3条）\n"
                "  理由: 「住所」の市区町村が「新宿区」以外  [address.city != '新宿区']\n"
                "  代わりに: お住まいの区で申請してください。\n"
                "打切りに当たるため、提出できない"
            ),
        ),
        (
            "en",
            (
                "  ■ the way ends here\n"
                "Stop outside: Only for people of the ward. (条例第3条)\n"
                "  because the city or ward of “Address” is not “新宿区”  [address.city != '新宿区']\n"
                "  instead: Apply where you live.\n"
                "These answers cannot be submitted: they meet a stop"
            ),
        ),
    ],
)
def test_a_stop_ends_the_explanation_and_says_where_to_go(language: str, told: str) -> None:
    found = procedure("address: {type: address, title: {ja: 住所, en: Address}}", more=STOPPED)
    address = {"postcode": "1000001", "prefecture": "東京都", "city": "千代田区", "street": "1-1"}
    assert explain(found, {"address": address}, DAY, language).endswith(told)


def test_a_value_that_is_simply_written_has_no_reason() -> None:
    found = procedure("a: {type: boolean, title: 甲}", more="calculated:\n  day: {title: 日, value: 2027-04-01}\n")
    assert "  日 = 2027年4月1日\n" in explain(found, {}, DAY, "ja")


WAITING = """\
fees:
  due: submission
  maximum: 200
  lines:
    a: {title: 料, law: 法, account: '1', yen: [{from: 2020-01-01, amount: 300}]}
  waivers:
    w: {title: {ja: 生活保護, en: Assistance}, law: 法第2条, percent: 50, round: down, when: poor, needs: proof}
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "ja",
            [
                "  全体の上限に合わせて −100円",
                "  減免 生活保護: −100円（法第2条）。理由: 「受給」が「はい」",
                "    書類「受給の証明書」を職員が認めたときに確定する",
                "  合計 100円",
                "  この日に請求すれば、納期限は2026年5月8日",
            ],
        ),
        (
            "en",
            [
                "  −100 yen, down to the maximum of the whole bill",
                "  reduction, Assistance: −100 yen (法第2条), because “Assisted” is yes",
                "    final once a clerk accepts “Proof”",
                "  total 100 yen",
                "  to be paid by 8 May 2026, if demanded on the day of the application",
            ],
        ),
    ],
)
def test_a_limit_and_a_reduction_that_waits_for_a_paper(language: str, told: list[str]) -> None:
    found = procedure(
        "poor: {type: boolean, title: {ja: 受給, en: Assisted}}",
        "proof: {type: file, title: {ja: 受給の証明書, en: Proof}, when: poor}",
        more=WAITING,
    )
    text = explain(found, {"poor": True, "proof": ["paper-1"]}, DAY, language)
    assert "\n".join(told) in text


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
        ({"size": 50}, "en", "Fee = 50,000 yen (no row of the table matches)"),
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
    assert "Office: nan-office (row 2 of the table: “Ward” is “Ota” and “Large” is no)\n" in text
    assert "Standard period: 10 business days (30 if “Large” is yes, otherwise 10)" in text
    assert "these answers do not say (review.office)" in explain(found, {}, DAY, "en")
