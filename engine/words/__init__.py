"""The one catalogue of words: what people read, by key, in ja, easy and en."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

LANGUAGES = ("ja", "easy", "en")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every entry of `catalogue/` as `area.key → language → wording`; the file's or its folder's name is the area."""
    entries: dict[str, Mapping[str, str]] = {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for area, source in _sources():
        text = source.read_text(encoding="utf-8")
        for key, wording in yaml.load(text, Loader=loader).items():  # noqa: S506 - the safe loader, in C if built
            if entries.setdefault(f"{area}.{key}", wording) is not wording:
                raise ValueError(f"{area}.{key} is worded twice: keep one")
    return entries


def _sources() -> Iterator[tuple[str, Traversable]]:
    """The files of the catalogue, each with its area; a large area is a folder of files."""
    for entry in sorted((files(__package__) / "catalogue").iterdir(), key=lambda path: path.name):
        if entry.is_dir():
            yield from ((entry.name, file) for file in sorted(entry.iterdir(), key=lambda path: path.name))
        else:
            yield entry.name.removesuffix(".yaml"), entry


def say(key: str, language: str = "ja", **parameters: object) -> str:
    """The wording of `key` with its parameters filled in. An unknown key is a programming error: KeyError."""
    wordings = catalogue()[key]
    wording = wordings.get(language) or wordings["ja"]
    return wording.format(**parameters) if parameters else wording
