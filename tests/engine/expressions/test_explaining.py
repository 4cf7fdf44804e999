"""Expressions in words, as authors and residents read them."""

import pytest

from engine.expressions import BOOLEAN, parse
from tests.engine.expressions.samples import NAMES

TITLES = {
    "who": "申請者",
    "who=agent": "代理人",
    "who=holder": "本人",
    "grade": "等級",
    "grade=2": "二級",
    "area": "面積",
    "yes": "同意",
    "no": "変更あり",
    "dogs": "犬",
    "tagged": "鑑札あり",
    "age": "年齢",
    "born": "生年月日",
    "name": "名前",
    "sex": "性別",
    "sex=male": "おす",
    "kinds": "種類",
    "kinds=land": "土地",
    "home": "住まい",
    "home.city": "市区町村",
}


@pytest.mark.parametrize(
    ("source", "ja"),
    [
        ("yes", "「同意」が「はい」"),
        ("not yes", "「同意」が「いいえ」"),
        ("yes == True", "「同意」が「はい」"),
        ("yes == False", "「同意」が「いいえ」"),
        ("who == 'agent'", "「申請者」が「代理人」"),
        ("'agent' == who", "「申請者」が「代理人」"),
        ("who != 'agent'", "「申請者」が「代理人」以外"),
        ("grade == 2", "「等級」が「二級」"),
        ("who in ['holder', 'agent']", "「申請者」が「本人」、「代理人」のいずれか"),
        ("who not in ('holder',)", "「申請者」が「本人」のいずれでもない"),
        ("'land' in kinds", "「種類」に「土地」が含まれる"),
        ("'house' not in kinds", "「種類」に「house」が含まれない"),
        ("area >= 100", "「面積」が100以上"),
        ("10 < area <= 100", "「面積」が10を超える、かつ「面積」が100以下"),
        ("born < today", "「生年月日」が今日より前"),
        ("born <= today", "「生年月日」が今日以前"),
        ("born > '2000-01-01'", "「生年月日」が2000年1月1日より後"),
        ("today >= add_days(born, 30)", "今日が「生年月日」の30日後以降"),
        ("yes and no or area > 1", "（「同意」が「はい」、かつ「変更あり」が「はい」）、または「面積」が1を超える"),
        ("not (yes and no)", "（「同意」が「はい」、かつ「変更あり」が「はい」）ではない"),
        ("any(not d.tagged for d in dogs)", "「犬」のどれかで、「鑑札あり」が「いいえ」"),
        (
            "all(d.sex == 'male' for d in dogs if d.tagged)",
            "「犬」（次のものだけ: 「鑑札あり」が「はい」）のすべてで、「性別」が「おす」",
        ),
        ("count(d.tagged for d in dogs) > 1", "「犬」のうち次のものの数（「鑑札あり」が「はい」）が1を超える"),
        ("sum(d.age for d in dogs)", "「犬」の「年齢」の合計"),
        ("max(d.age for d in dogs)", "「犬」の「年齢」のうち最大のもの"),
        ("min(d.born for d in dogs)", "「犬」の「生年月日」のうち最も早い日"),
        ("min(born, add_months(today, 3))", "「生年月日」と今日の3か月後の早いほう"),
        ("max(area, 10)", "「面積」と10の大きいほう"),
        ("max(area, 10) * 3", "（「面積」と10の大きいほう）×3"),
        ("max([area, 10])", "「面積」と10の大きいほう"),
        ("min(area, 10, 20)", "「面積」、10、20のうち最小のもの"),
        ("total(area, 10) * 3", "（「面積」、10の合計（答えのないものは0））×3"),
        ("alike(name, 'Pochi')", "「名前」が「Pochi」と同じ文字"),
        ("len(dogs) * 3000", "「犬」の数×3000"),
        ("(area - 1) / 2 + -area", "（「面積」－1）÷2＋−「面積」"),
        ("area // 2 % 3", "（「面積」÷2の整数部分）を3で割った余り"),
        ("round_down(area)", "「面積」（端数切り捨て）"),
        ("round_down(area, 10)", "「面積」（10未満切り捨て）"),
        ("per(area, 100)", "「面積」を100までごとに数えた数"),
        ("age_on(born, today) < 20", "今日の満年齢（「生年月日」から）が20未満"),
        ("answered(name)", "「名前」に回答がある"),
        ("not answered(name)", "「名前」に回答がない"),
        ("any([yes, no])", "「同意」、「変更あり」のどれかが「はい」"),
        ("area - (area - 1) - 2", "「面積」－（「面積」－1）－2"),
        ("area * (1 if yes else 2)", "「面積」×（「同意」が「はい」なら1、そうでなければ2）"),
        ("max(0, area - 430) * 7 / 100 + 2", "（0と（「面積」－430）の大きいほう）×7÷100＋2"),
        ("add_days(born, -1)", "「生年月日」の前日"),
        ("add_days(born, 1)", "「生年月日」の翌日"),
        ("add_days(born, -2)", "「生年月日」の2日前"),
        ("not is_business_day(born)", "「生年月日」が開庁日ではない"),
        ("add_business_days(born, -3)", "「生年月日」の3開庁日前"),
        (
            "add_months(today, -24 if yes else -60) > born",
            "今日の（「同意」が「はい」なら−24、そうでなければ−60）か月後が「生年月日」より後",
        ),
        ("(1 if yes else 2) > area", "（「同意」が「はい」なら1、そうでなければ2）が「面積」を超える"),
        ("area > 12000 or fiscal_year(today) == 2026", "「面積」が12,000を超える、または今日の属する会計年度が2026"),
        ("not who == 'agent'", "「申請者」が「代理人」以外"),
        ("not area > 10", "「面積」が10以下"),
        ("not not yes", "「同意」が「はい」"),
        ("not (0 < area < 9)", "（「面積」が0を超える、かつ「面積」が9未満）ではない"),
        ("any(k in ('land', 'house') for k in kinds)", "「種類」のどれかで、それが「土地」、「house」のいずれか"),
        ("any(one > 3 for one in [area, 5])", "「面積」、5のどれかで、それが3を超える"),
        ("len(distinct(d.sex for d in dogs)) > 1", "「犬」のそれぞれの「性別」（重なりを除く）の数が1を超える"),
        ("home.city == '新宿区'", "「住まい」の市区町村が「新宿区」"),
        ("name == '2000-13-01'", "「名前」が「2000-13-01」"),
        ("1 if yes else 2", "「同意」が「はい」なら1、そうでなければ2"),
        ("[d.age for d in dogs] == [1]", "「犬」のそれぞれの「年齢」が1"),
        ("today", "今日"),
        ("2026-04-01", "2026年4月1日"),
        ("True", "「はい」"),
    ],
)
def test_in_japanese(source: str, ja: str) -> None:
    assert parse(source, NAMES).explain("ja", TITLES) == ja


@pytest.mark.parametrize(
    ("source", "en"),
    [
        ("who == 'agent' and not yes", "“who” is “agent” and “yes” is no"),
        ("any(d.tagged for d in dogs)", "for at least one of “dogs”: “tagged” is yes"),
        ("born <= today", "“born” is today or earlier"),
        ("len(dogs) > 1", "the number of “dogs” is more than 1"),
    ],
)
def test_in_english_without_titles(source: str, en: str) -> None:
    assert parse(source, NAMES).explain("en") == en


def test_named_conditions_are_explained_in_place() -> None:
    both = {"adult": parse("age_on(born, today) >= 18", NAMES), "wide": parse("area > 1 or no", NAMES)}
    names = {**NAMES, "adult": BOOLEAN, "wide": BOOLEAN}
    said = parse("wide and not adult", names).explain("ja", TITLES, both)
    assert said == (
        "（「面積」が1を超える、または「変更あり」が「はい」）、かつ今日の満年齢（「生年月日」から）が18未満"
    )
    assert (
        parse("adult == True", names).explain("ja", TITLES, both)
        == "今日の満年齢（「生年月日」から）が18以上が「はい」"
    )
    assert parse("wide", names).explain("ja", TITLES) == "「wide」が「はい」"
