"""The authority that runs an installation: its name, colour and contacts on every page."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.text import Text
from engine.words import LANGUAGES

SAMPLE_NAME = Text(
    "東京都（見本）",
    {
        "en": "Tokyo Metropolitan Government (sample)",
        "easy": "東京都（みほん）",
        "zh": "东京都（样本）",
        "ko": "도쿄도(견본)",
    },
)
SAMPLE_CONTACT = Text(
    "お困りのときは窓口へ（見本の電話 03-0000-0000、平日9時〜17時）",
    {
        "en": "Need help? Sample number 03-0000-0000, weekdays 9:00–17:00",
        "easy": "こまったら 03-0000-0000（みほん）",
        "zh": "如有疑问请联系窗口（样本电话 03-0000-0000，工作日9点至17点）",
        "ko": "궁금하신 점은 창구로 문의해 주십시오(견본 전화 03-0000-0000, 평일 9시~17시)",
    },
)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who serves these pages. The defaults are a made-up office for the local run."""

    name: Text = SAMPLE_NAME
    contact: Text = SAMPLE_CONTACT
    colour: str = "#0017c1"  # main colour of the Digital Agency Design System; another one needs 4.5:1 on white
    logo: str = ""  # path below web/static, or nothing

    @classmethod
    def from_mapping(cls, known: Mapping[str, str]) -> "Authority":
        """From `AUTHORITY_NAME`, `AUTHORITY_CONTACT` (also `_EN`, `_EASY`, `_ZH`, `_KO`), `_COLOUR`, `_LOGO`."""
        usual = cls()
        return cls(
            name=_text(known, "AUTHORITY_NAME", SAMPLE_NAME),
            contact=_text(known, "AUTHORITY_CONTACT", SAMPLE_CONTACT),
            colour=known.get("AUTHORITY_COLOUR", usual.colour),
            logo=known.get("AUTHORITY_LOGO", usual.logo),
        )


def _text(known: Mapping[str, str], key: str, usual: Text) -> Text:
    if key not in known:
        return usual
    spoken = {language: f"{key}_{language.upper()}" for language in LANGUAGES[1:]}
    return Text(known[key], {language: known[name] for language, name in spoken.items() if name in known})
