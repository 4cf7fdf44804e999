"""The made-up people who can sign in on a local run."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.text import Text

OFFICES_OF_THE_SAMPLES = ("hokenjo", "shuzei-shomei")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of them. `roles` are given to them by the local run, as (role, office); `*` is every office."""

    subject: str
    name: str
    reading: str
    part: str
    assurance: str = "substantial"
    roles: tuple[tuple[str, str], ...] = ()

    @property
    def email(self) -> str:
        """An address that no mail server delivers to (RFC 2606)."""
        return f"{self.subject}@example.jp"

    @property
    def shown(self) -> Text:
        """The name as the page shows it."""
        return Text(self.name, {"en": self.reading, "easy": self.name, "zh": self.name, "ko": self.reading})


_AT_THE_DESK = tuple((role, office) for office in OFFICES_OF_THE_SAMPLES for role in ("clerk", "cashier"))
"""Clerks of every office, who take money at its counter, too."""
_IN_CHARGE = tuple(("manager", office) for office in OFFICES_OF_THE_SAMPLES)
_EVERYBODY = (
    DemoPerson("hanako", "山田 花子", "Yamada Hanako", "resident"),
    DemoPerson("taro", "高橋 太郎", "Takahashi Taro", "other", assurance="basic"),
    DemoPerson("sato", "佐藤 恵", "Sato Megumi", "clerk", roles=_AT_THE_DESK),
    DemoPerson("ito", "伊藤 健", "Ito Ken", "clerk", roles=_AT_THE_DESK),
    DemoPerson("suzuki", "鈴木 一郎", "Suzuki Ichiro", "approver", roles=(("approver", "*"),)),
    DemoPerson("tanaka", "田中 実", "Tanaka Minoru", "finance", roles=(("finance", "*"),)),
    DemoPerson("mori", "森 由美", "Mori Yumi", "finance", roles=(("finance", "*"),)),
    DemoPerson("hayashi", "林 美咲", "Hayashi Misaki", "manager", roles=_IN_CHARGE),
    DemoPerson("noda", "野田 修", "Noda Osamu", "auditor", roles=(("auditor", "*"),)),
    DemoPerson("kimura", "木村 彩", "Kimura Aya", "author", roles=(("author", "*"),)),
    DemoPerson("ono", "小野 進", "Ono Susumu", "operator", roles=(("operator", "*"),)),
)

PEOPLE: Mapping[str, DemoPerson] = {person.subject: person for person in _EVERYBODY}
