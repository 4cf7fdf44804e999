"""The one catalogue of words: what people read, by key, in ja, easy and en."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("ja", "easy", "en")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every entry of `catalogue/*.yaml` as `area.key → language → wording`; the file's name is the area."""
    entries: dict[str, Mapping[str, str]] = {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for source in sorted((files(__package__) / "catalogue").iterdir(), key=lambda path: path.name):
        if source.name.endswith(".yaml"):
            area = source.name.removesuffix(".yaml")
            text = source.read_text(encoding="utf-8")
            for key, wording in yaml.load(text, Loader=loader).items():  # noqa: S506 - the safe loader, in C if built
                entries[f"{area}.{key}"] = wording
    return entries


def say(key: str, language: str = "ja", **parameters: object) -> str:
    """The wording of `key` with its parameters filled in. An unknown key is a programming error: KeyError."""
    wordings = catalogue()[key]
    wording = wordings.get(language) or wordings["ja"]
    return wording.format(**parameters) if parameters else wording
