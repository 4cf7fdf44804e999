"""A field of every type, with answers that it accepts."""

from collections.abc import Mapping
from typing import Any

from engine.model import Field
from tests.engine.language.specs import procedure

SPECS: Mapping[str, str] = {
    "text": "{type: string, title: 題名, maxLength: 20}",
    "long_text": "{type: long_text, title: 内容, maxLength: 200}",
    "boolean": "{type: boolean, title: 有無}",
    "integer": "{type: integer, title: 枚数, minimum: -100, maximum: 1000000}",
    "number": "{type: number, title: 面積}",
    "area": "{type: number, title: 面積, decimals: 2, minimum: 0.5, unit: {ja: ㎡, en: m²}}",
    "yen": "{type: yen, title: 金額, maximum: 1000000}",
    "date": "{type: date, title: 日付}",
    "era_date": "{type: date, title: 生年月日, calendar: wareki}",
    "both_date": "{type: date, title: 取得日, calendar: both}",
    "year_month": "{type: year_month, title: 年月, minimum: 1900-01}",
    "era_month": "{type: year_month, title: 入社, calendar: wareki}",
    "time": "{type: time, title: 時刻, minimum: 09:00, step: 15}",
    "url": "{type: url, title: ホームページ}",
    "words": "{type: long_text, title: 英文, minWords: 2, maxWords: 4}",
    "choice": "{type: choice, title: 区分, options: {holder: 本人, agent: {ja: 代理人, en: Agent}}}",
    "grades": "{enum: [1, 2, 3], title: 等級}",
    "choices": "{type: choices, title: 種類, options: {land: 土地, house: 家屋, car: 車}}",
    "some": "{type: choices, title: 対象, maxItems: 2, options: {land: 土地, house: 家屋, car: 車, "
    "none: {title: {ja: なし, en: None}, exclusive: true}}}",
    "email": "{type: email, title: メール}",
    "phone": "{type: phone, title: 電話}",
    "postcode": "{type: postcode, title: 郵便番号}",
    "person_name": "{type: person_name, title: 氏名}",
    "address": "{type: address, title: 住所}",
    "full_name": "{type: person_name, title: 氏名, former: true, roman: optional, single: true}",
    "plain_name": "{type: person_name, title: 氏名, kana: false, roman: required}",
    "ward": "{type: address, title: 住所, prefecture: 東京都, cities: [新宿区, 葛飾区]}",
    "corporate_number": "{type: corporate_number, title: 法人番号}",
    "my_number": "{type: my_number, title: 個人番号, law: 番号法別表}",
    "vehicle_number": "{type: vehicle_number, title: 車両番号}",
    "bank_account": "{type: bank_account, title: 口座}",
    "file": "{type: file, title: 写真, maxFiles: 3}",
    "json": "{type: json, title: 任意の値, anyOf: [{type: object}, {type: number}]}",
    "declaration": "{type: declaration, title: 確認}",
    "note": "{type: note, title: 説明}",
    "object": "{type: object, title: 会社, properties: {firm: {type: string, title: 名称}, "
    "since: {type: date, title: 設立, optional: true}, head: {type: person_name, title: 代表, optional: true}}}",
    "lines": "{type: array, title: 品名, items: {type: string, title: 品}}",
    "days": "{type: array, title: 使用日, items: {type: date, title: 日}}",
    "array": "{type: array, title: 犬, items: {type: object, properties: "
    "{call: {type: string, title: 名前}, born: {type: date, title: 生年月日, optional: true}}}}",
}
NAME = {"family": "髙橋", "given": "𠮷子", "family_kana": "タカハシ", "given_kana": "ヨシコ"}
ADDRESS = {"postcode": "1250061", "prefecture": "東京都", "city": "葛󠄀飾区", "street": "亀有3-1-1", "building": ""}
FULL_NAME = {
    **NAME,
    "family_roman": "TAKAHASHI",
    "given_roman": "Yoshiko",
    "former_family": "𠮷田",
    "former_family_kana": "ヨシダ",
}
ACCOUNT = {"bank": "0001", "branch": "123", "kind": "ordinary", "number": "0012345", "holder": "ﾔﾏﾀﾞ ﾊﾅｺ"}
ANSWERS: Mapping[str, Any] = {
    "text": "葛󠄀城ハイツ",
    "long_text": "一行目\n二行目",
    "boolean": False,
    "integer": -3,
    "number": 12.5,
    "area": 12.25,
    "yen": 12000,
    "date": "2026-05-01",
    "era_date": "1989-01-07",
    "both_date": "2019-05-01",
    "year_month": "2026-04",
    "era_month": "1926-12",
    "time": "09:30",
    "url": "https://www.example.jp/窓口?a=1",
    "words": "two　or\nthree",
    "choice": "agent",
    "grades": 2,
    "choices": ["land", "car"],
    "some": ["none"],
    "email": "hanako@example.jp",
    "phone": "0353211111",
    "postcode": "1638001",
    "person_name": NAME,
    "address": ADDRESS,
    "full_name": FULL_NAME,
    "plain_name": {"family": "Nguyen", "given": "Van Anh", "family_roman": "NGUYEN", "given_roman": "VAN ANH"},
    "ward": {**ADDRESS, "city": "葛飾区"},
    "corporate_number": "7000012050002",
    "my_number": "123456789018",
    "vehicle_number": {"place": "品川", "class": "30A", "sign": "さ", "serial": "1234"},
    "bank_account": ACCOUNT,
    "file": ["3f2a", "9c"],
    "declaration": True,
    "object": {"firm": "見本社", "since": "1999-12-31", "head": NAME},
    "lines": ["机", "いす"],
    "days": ["2026-05-01", "2026-05-02"],
    "json": {"位置": [1, 2.5], "備考": None},
    "array": [{"call": "ポチ", "born": "2025-01-01"}, {"call": "ハナ"}],
}

_SAMPLE = procedure(*(f"f_{name}: {written}" for name, written in SPECS.items()))


def field(name: str) -> Field:
    """The sample field of that name; Some types are there in several forms."""
    return _SAMPLE.fields[f"f_{name}"]


def parse(name: str, *texts: str, **parts: str) -> Any:
    """What the field makes of what was typed: into its one input, or by part."""
    one = field(name)
    return one.type.parse(one, {"": list(texts)} if texts else {part: [text] for part, text in parts.items()})
