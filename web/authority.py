"""The authority that runs an installation: its name, colour and contacts on every page."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import Text


@dataclass(frozen=True, slots=True)
class Authority:
    """Who serves these pages. The defaults are a made-up office for the local run."""

    name: Text = Text("東京都（見本）", {"en": "Tokyo Metropolitan Government (sample)", "easy": "東京都（みほん）"})
    contact: Text = Text(
        "お困りのときは窓口へ（見本の電話 03-0000-0000、平日9時〜17時）",
        {
            "en": "Need help? Sample number 03-0000-0000, weekdays 9:00–17:00",
            "easy": "こまったら 03-0000-0000（みほん）",
        },
    )
    colour: str = "#0017c1"  # main colour of the Digital Agency Design System; 4.5:1 on white or darker
    logo: str = ""  # path below web/static, or nothing

    @classmethod
    def from_mapping(cls, known: Mapping[str, str]) -> "Authority":
        """From `AUTHORITY_NAME`, `AUTHORITY_NAME_EN`, `AUTHORITY_NAME_EASY`, `AUTHORITY_CONTACT…`, `_COLOUR`, `_LOGO`."""
        usual = cls()
        return cls(
            name=_text(known, "AUTHORITY_NAME", usual.name),
            contact=_text(known, "AUTHORITY_CONTACT", usual.contact),
            colour=known.get("AUTHORITY_COLOUR", usual.colour),
            logo=known.get("AUTHORITY_LOGO", usual.logo),
        )


def _text(known: Mapping[str, str], key: str, usual: Text) -> Text:
    if key not in known:
        return usual
    others = {
        language: known[f"{key}_{language.upper()}"]
        for language in ("en", "easy")
        if f"{key}_{language.upper()}" in known
    }
    return Text(known[key], others)
