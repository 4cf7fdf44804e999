"""What the documents promise: links that lead somewhere, and examples that work."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s#]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
OUTSIDE = ("http://", "https://", "mailto:")


def dead_links(paths: Iterable[Path]) -> list[str]:
    """Links to files that are not there."""
    return [
        f"{path.name}: the link to {match['target']} leads nowhere. Correct it or write the page."
        for path in paths
        for match in LINK.finditer(path.read_text(encoding="utf-8"))
        if not match["target"].startswith(OUTSIDE) and not (path.parent / match["target"]).exists()
    ]


def blocks(path: Path, language: str) -> Iterator[tuple[int, str]]:
    """The fenced blocks of one language, each with the line on which its text begins."""
    text = path.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        if match["language"] == language:
            yield text.count("\n", 0, match.start()) + 2, match["text"]
