"""A Japanese address, from postcode to building."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.base import Keyword
from engine.fields.groups import Group
from engine.fields.keyboards import digits_of
from engine.fields.types.postcode import PATTERN, show_postcode

if TYPE_CHECKING:
    from engine.model.fields import Field

_NAMES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
    "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)
PREFECTURES = _NAMES.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Group):
    """Only the postcode is brought into one form; the rest keeps its characters."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An object; `prefecture` leaves only that one, `cities` only these."""
        expanded = Group.expand(self, schema)
        if "prefecture" in schema:
            expanded["properties"]["prefecture"] = {"enum": [schema["prefecture"]]}
        if "cities" in schema:
            expanded["properties"]["city"] = {"enum": list(schema["cities"])}
        return expanded

    def read(self, name: str, text: str) -> str:
        """The postcode as digits, the rest as it is."""
        return digits_of(text).removeprefix("〒") if name == "postcode" else text.strip()

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """〒163-0001 東京都新宿区西新宿2-8-1."""
        building = answer.get("building")
        place = "{prefecture}{city}{street}".format_map(answer) + (f" {building}" if building else "")
        return f"〒{show_postcode(answer['postcode'])} {place}"


TYPE = Address(
    name="address",
    control="address",
    doc={"ja": "住所（郵便番号から建物名まで）", "en": "An address in Japan"},
    keywords={
        "prefecture": Keyword(
            {"enum": list(PREFECTURES)}, {"ja": "この都道府県に限る", "en": "Only in this prefecture"}
        ),
        "cities": Keyword(
            {
                "type": "array",
                "items": {"type": "string", "minLength": 1, "maxLength": 60},
                "minItems": 1,
                "uniqueItems": True,
            },
            {
                "ja": "この市区町村に限る（prefecture と一緒に書く）",
                "en": "Only in these cities, wards, towns or villages (with `prefecture`)",
            },
        ),
    },
    messages={
        "postcode.pattern": "errors.postcode",
        "prefecture.enum": "errors.prefecture",
        "city.minLength": "errors.city",
        "city.enum": "identifiers.city",
        "street.minLength": "errors.street",
    },
    inputs={
        "postcode": {"type": "string", "pattern": PATTERN},
        "prefecture": {"enum": list(PREFECTURES)},
        "city": {"type": "string", "minLength": 1, "maxLength": 60},
        "street": {"type": "string", "minLength": 1, "maxLength": 120},
        "building": {"type": "string", "maxLength": 120},
    },
    may_be_empty=frozenset({"building"}),
)
