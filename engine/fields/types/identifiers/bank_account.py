"""A bank account into which money is paid back, as banks exchange it among each other."""

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.base import FieldProblem, Raw, first
from engine.fields.groups import Group
from engine.fields.keyboards import digits_of, katakana, plain
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field

KINDS = ("ordinary", "current", "savings")
LONGEST_HOLDER = 30  # 全銀協 総合振込レコード・フォーマット: 受取人名
LONGEST_NUMBER = 7
JAPAN_POST = "9900"
GIRO = ("symbol", "giro")
"""The inputs for 記号 and 番号 of ゆうちょ銀行; the answer holds what other banks call that account."""

# The characters of the banks' exchange: half-width katakana with their marks, capitals, digits, a few signs.
HOLDER = "^[0-9A-Zｦｱ-ﾝﾞﾟ ().,/｢｣-]+$"
_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E) if chr(code) != "ｰ"}
_HALF |= {"\u3099": "ﾞ", "\u309a": "ﾟ", "「": "｢", "」": "｣", "・": ".", "、": ",", "。": "."}

_SAVER = re.compile(r"1([0-9]{2})[0-9]0")  # 総合口座: the number ends in 1
_PAYER = re.compile(r"0([0-9]{2})[0-9]0")  # 振替口座


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount(Group):
    """Bank, branch, kind, number, holder in kana; 記号番号 of ゆうちょ銀行 are understood too."""

    def parts(self, field: "Field") -> tuple[str, ...]:
        """The parts of the answer, and 記号 and 番号."""
        return (*Group.parts(self, field), *GIRO)

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The account; where 記号 and 番号 are filled in, they decide."""
        answer = Group.parse(self, field, raw)
        symbol, number = (digits_of(first(raw, part)) for part in GIRO)
        if not symbol and not number:
            return answer
        return {**account_of(symbol, number), "holder": self.read("holder", first(raw, "holder"))}

    def read(self, name: str, text: str) -> str:
        """Codes as digits, an account number filled up with zeros, the holder in the banks' characters."""
        if name == "holder":
            return zengin(text)
        if name == "kind":
            return text.strip()
        digits = digits_of(text)
        return digits.zfill(LONGEST_NUMBER) if name == "number" and digits else digits

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """The holder in characters that people write."""
        texts = Group.show_raw(self, field, answer)
        return {**texts, "holder": [unicodedata.normalize("NFKC", texts["holder"][0])]}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """Every part with what it is."""
        kind = self.say_value("kind", answer["kind"], language)
        holder = unicodedata.normalize("NFKC", answer["holder"])
        return say("identifiers.account", language, **{**answer, "kind": kind, "holder": holder})

    def say_value(self, part: str, value: str, language: str) -> str:
        """The kind of account in words."""
        return say(f"identifiers.{value}", language) if value in KINDS else value


def zengin(text: str) -> str:
    """Kana and letters in the characters of the banks: half-width, large, long vowels as a hyphen."""
    wide = katakana(unicodedata.normalize("NFKC", text)).translate(_SMALL).upper()
    apart = unicodedata.normalize("NFD", wide)
    half = (_HALF.get(sign) or ("-" if plain(sign) == "-" else sign) for sign in apart)
    return " ".join("".join(half).split())


def account_of(symbol: str, number: str) -> dict[str, str]:
    """What other banks call the account with this 記号 and 番号, by the rule that ゆうちょ銀行 publishes.

    総合口座: the branch is the second and third digit and 8, the account the number without the 1 at its end; 振替口座:
    9 in place of 8, and the number as it is. Raises `FieldProblem` for what is neither.
    """
    saver, payer = _SAVER.fullmatch(symbol), _PAYER.fullmatch(symbol)
    if not saver and not payer:
        raise FieldProblem("identifiers.symbol", part="symbol")
    usable = re.fullmatch(r"[0-9]{1,7}1" if saver else r"[0-9]{1,7}", number)
    if not usable:
        raise FieldProblem("identifiers.giro", part="giro")
    branch = f"{saver[1]}8" if saver else f"{payer[1] if payer else ''}9"
    kind = KINDS[0] if saver else KINDS[1]
    own = number[:-1] if saver else number
    return {"bank": JAPAN_POST, "branch": branch, "kind": kind, "number": own.zfill(LONGEST_NUMBER)}


TYPE = BankAccount(
    name="bank_account",
    control="parts",
    findable=False,
    doc={
        "ja": "振込先の口座（ゆうちょ銀行の記号番号も可）",
        "en": "A bank account, also as symbol and number of Japan Post Bank",
    },
    messages={
        "bank.pattern": "identifiers.bank",
        "branch.pattern": "identifiers.branch",
        "kind.enum": "identifiers.kind",
        "number.pattern": "identifiers.number",
        "holder.pattern": "identifiers.holder",
    },
    inputs={
        "bank": {"type": "string", "pattern": "^[0-9]{4}$"},
        "branch": {"type": "string", "pattern": "^[0-9]{3}$"},
        "kind": {"enum": list(KINDS)},
        "number": {"type": "string", "pattern": f"^[0-9]{{{LONGEST_NUMBER}}}$"},
        "holder": {"type": "string", "pattern": HOLDER, "maxLength": LONGEST_HOLDER},
    },
)
