"""What stands on a car's number plate (自動車登録番号, 車両番号)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.groups import Group
from engine.fields.keyboards import hiragana, plain

if TYPE_CHECKING:
    from engine.model.fields import Field

SIGNS = "あいうえかきくけこさすせそたちつてとなにぬねのはひふほまみむめもやゆよらりるれろわをABEHKMTY"
"""The signs of 自動車登録規則 and 道路運送車両法施行規則: no お, し, へ, ん; letters are for armed forces."""
LETTERS = "ACFHKLMPXY"
"""Letters that may stand in the second and third place of the class since 2018."""
LONGEST_SERIAL = 4
_FILLERS = str.maketrans(dict.fromkeys("・･.-", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleNumber(Group):
    """The four parts in the order of the plate: 品川 599 あ 12-34."""

    def read(self, name: str, text: str) -> str:
        """Codes as they stand on a plate; a serial number without its dots, dash and leading zeros."""
        if name == "place":
            return text.strip()
        code = unicodedata.normalize("NFKC", text).upper()
        if name == "sign":
            return hiragana(plain(code))
        return plain(code).translate(_FILLERS).lstrip("0") if name == "serial" else plain(code)

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """品川 599 あ 12-34, and 品川 599 あ ・・・1."""
        return "{place} {class} {sign} ".format_map(answer) + show_serial(answer["serial"])


def show_serial(digits: str) -> str:
    """As it is stamped: dots in place of missing digits, a dash between two and two."""
    filled = digits.rjust(LONGEST_SERIAL, "・")
    return f"{filled[:2]}-{filled[2:]}" if len(digits) == LONGEST_SERIAL else filled


_CLASS: Mapping[str, Any] = {"type": "string", "pattern": f"^[0-9][0-9{LETTERS}]{{0,2}}$"}

TYPE = VehicleNumber(
    name="vehicle_number",
    control="parts",
    doc={
        "ja": "車両番号（地名、分類番号、かな、一連指定番号）",
        "en": "A number plate (place, class, kana, serial number)",
    },
    messages={
        "place.pattern": "identifiers.plate_place",
        "class.pattern": "identifiers.plate_class",
        "sign.pattern": "identifiers.plate_sign",
        "serial.pattern": "identifiers.plate_serial",
    },
    inputs={
        "place": {"type": "string", "pattern": "^[一-龥々ぁ-んァ-ヶー]{1,5}$"},
        "class": _CLASS,
        "sign": {"type": "string", "pattern": f"^[{SIGNS}]$"},
        "serial": {"type": "string", "pattern": "^[1-9][0-9]{0,3}$"},
    },
)
