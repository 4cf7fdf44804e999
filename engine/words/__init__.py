"""What people read, by key: one catalogue with ja, easy and en side by side, and zh and ko translated beside it."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from engine.words.ruby import without_readings

SIDE_BY_SIDE = ("ja", "easy", "en")
"""The languages of `catalogue/`, which those who add a wording write."""
TRANSLATED = ("zh", "ko")
"""The languages of `translations/`, which follow; a wording that is not translated yet is shown in English."""
LANGUAGES = (*SIDE_BY_SIDE, *TRANSLATED)
INSTEAD = {"zh": "en", "ko": "en"}
"""Who reads Chinese or Korean is more likely to read English than Japanese."""
TAGS = {"easy": "ja", "zh": "zh-Hans"}


def tag_of(language: str) -> str:
    """The language tag (BCP 47) of one of our languages, for `lang`, `hreflang` and `Content-Language`."""
    return TAGS.get(language, language)


Words = dict[str, Any]
"""Wordings by key: each by language, or one alone in the files of a language."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every entry of `catalogue/` as `area.key → language → wording`; the file's or its folder's name is the area."""
    entries: dict[str, dict[str, str]] = {}
    for area, words in _read("catalogue"):
        for key, wording in words.items():
            if entries.setdefault(f"{area}.{key}", wording) is not wording:
                raise ValueError(f"{area}.{key} is worded twice: keep one")
    for key, written in readings().items():
        entries[key]["easy"] = without_readings(written)
    for language in TRANSLATED:
        for key, wording in translations(language).items():
            if key in entries:  # one that was taken out of the catalogue meanwhile is no reason to stop
                entries[key][language] = wording
    return entries


@cache
def readings() -> Mapping[str, str]:
    """Wordings in easy Japanese as they are written, with readings above kanji (see `engine.words.ruby`), by key."""
    return {
        f"{area}.{key}": wording["easy"]
        for area, words in _read("catalogue")
        for key, wording in words.items()
        if "《" in (wording.get("easy") or "")
    }


def translations(language: str) -> Mapping[str, str]:
    """What `translations/<language>/` holds, as `area.key → wording`."""
    return {
        f"{area}.{key}": wording for area, words in _read("translations", language) for key, wording in words.items()
    }


@cache
def _read(*folder: str) -> tuple[tuple[str, Words], ...]:
    """Every file of a folder, with its area."""
    return tuple((area, _plain(source)) for area, source in _sources(files(__package__).joinpath(*folder)))


def _plain(source: Traversable) -> Words:
    """A file of wordings: all of it is text, which is read three times as fast as YAML that may hold anything."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(source.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        return {key.value: _texts(value) for key, value in node.value} if node is not None else {}
    finally:
        loader.dispose()


def _texts(node: Any) -> Any:
    """A text, or texts by their names."""
    return {key.value: _texts(value) for key, value in node.value} if isinstance(node.value, list) else node.value


def _sources(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """The files of a folder, each with its area; a large area is a folder of files."""
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.is_dir():
            yield from ((entry.name, file) for file in sorted(entry.iterdir(), key=lambda path: path.name))
        else:
            yield entry.name.removesuffix(".yaml"), entry


def say(key: str, language: str = "ja", **parameters: object) -> str:
    """The wording of `key` with its parameters filled in. An unknown key is a programming error: KeyError."""
    wordings = catalogue()[key]
    wording = wordings.get(language) or wordings.get(INSTEAD.get(language, "ja")) or wordings["ja"]
    return wording.format(**parameters) if parameters else wording
