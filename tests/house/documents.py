"""What the documents promise: links that lead somewhere, and examples that work."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s#]*)(?:#(?P<anchor>[^)\s]*))?\)")
HEADING = re.compile(r"^#+ +(?P<text>.+)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r'"(?:TETSUZUKI_)?(?!LANG"|LC_ALL")([A-Z]{2,}(?:_[A-Z]+)*)"')  # LANG, LC_ALL: the terminal's own
OUTSIDE = ("http://", "https://", "mailto:")


def dead_links(paths: Iterable[Path]) -> list[str]:
    """Links to files that are not there, and to headings that the page does not have."""
    return [
        f"{path.name}: the link to {match.group(0)} leads nowhere. Correct it or write the page."
        for path in paths
        for match in LINK.finditer(FENCED.sub("", path.read_text(encoding="utf-8")))
        if not match["target"].startswith(OUTSIDE) and not _leads_somewhere(path, match["target"], match["anchor"])
    ]


def _leads_somewhere(page: Path, target: str, anchor: str | None) -> bool:
    place = page.parent / target if target else page
    return place.exists() and (not anchor or place.suffix != ".md" or anchor in anchors(place))


def anchors(page: Path) -> set[str]:
    """What headings of a page are called in links, as the usual hosts of code do it."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", match["text"].lower()).replace(" ", "-") for match in HEADING.finditer(text)}


def unwritten_settings(sources: Iterable[Path], page: Path) -> list[str]:
    """Environment variables that the code reads and the page does not name."""
    names = {name for source in sources for name in SETTING.findall(source.read_text(encoding="utf-8"))}
    told = page.read_text(encoding="utf-8")
    return [
        f"{page.name} does not say what TETSUZUKI_{name} is for. Add it to the table of settings."
        for name in sorted(names)
        if f"`{name}`" not in told
    ]


def blocks(path: Path, language: str) -> Iterator[tuple[int, str]]:
    """The fenced blocks of one language, each with the line on which its text begins."""
    text = path.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        if match["language"] == language:
            yield text.count("\n", 0, match.start()) + 2, match["text"]
