"""Which column of a bank's table means what: the names that banks give them, declared once."""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

NAMES: Mapping[str, tuple[str, ...]] = {
    "day": ("勘定日", "取引日", "お取引日", "日付", "年月日", "取扱日", "お取扱日", "取引日付", "預入・払出日", "date"),
    "in": ("入金", "入金金額", "入金額", "お預入れ額", "お預り金額", "お預入金額", "預入金額", "お預入れ", "deposit"),
    "out": (
        "出金",
        "出金金額",
        "出金額",
        "お引出し額",
        "お支払金額",
        "お引出金額",
        "支払金額",
        "お引出し",
        "withdrawal",
    ),
    "amount": ("金額", "取引金額", "amount"),
    "direction": ("入払区分", "入出金区分", "区分", "direction"),
    "balance": ("残高", "差引残高", "取引後残高", "お預り残高", "残高金額", "balance"),
    "text": ("摘要", "摘要内容", "取引内容", "お取扱内容", "お取り扱い内容", "内容", "text", "description"),
    "payer": ("振込依頼人名", "振込依頼人", "依頼人名", "payer"),
    "reference": ("照会番号", "取引番号", "番号", "reference"),
    "account": ("照会口座", "口座番号", "口座", "account"),
}
"""A bank that names a column otherwise is taken in by adding its word here."""
INCOMING = frozenset({"1", "入金", "入", "預入", "in", "credit"})
OUTGOING = frozenset({"2", "出金", "出", "払出", "out", "debit"})

_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


def roles(head: Sequence[str]) -> Mapping[str, int] | None:
    """Where each role stands in a row of headings; None where the row is none: it needs a day and amounts."""
    wanted = {_plain(name): role for role, names in NAMES.items() for name in names}
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        role = wanted.get(_plain(cell))
        if role is not None:
            found.setdefault(role, place)
    amounts = {"in", "out"} & set(found) or {"amount"} & set(found)
    return found if "day" in found and amounts else None


def _plain(name: str) -> str:
    """A heading without its unit in brackets, spaces and widths."""
    return "".join(_IN_BRACKETS.sub("", normalize("NFKC", name)).split()).casefold()
