"""Letters on a page that its readers cannot read: those of another language than the page or the element says."""

import re
from collections.abc import Iterator

from tests.web.client import Node

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = "\u3041-\u3096\u30a1-\u30fa"
HANGUL = "\uac00-\ud7a3"
UNREADABLE = {
    "en": re.compile(f"[{HAN}{KANA}{HANGUL}]"),
    "zh-Hans": re.compile(f"[{KANA}{HANGUL}]"),
    "ko": re.compile(f"[{HAN}{KANA}]"),
    "ja": re.compile(f"[{HANGUL}]"),
}
READ_OUT = ("aria-label", "alt", "title", "placeholder", "data-find", "data-left", "data-over")


def strays(node: Node, spoken: str = "") -> Iterator[str]:
    """Texts below a node that have letters of another language than theirs."""
    spoken = node.attributes.get("lang", spoken)
    for name in READ_OUT:
        if spoken and UNREADABLE[spoken].search(node.attributes.get(name, "")):
            yield f"{name}={node.attributes[name]!r} is not {spoken}"
    for piece in node.pieces:
        if isinstance(piece, Node):
            yield from strays(piece, spoken)
        elif spoken and node.tag not in {"script", "style", "textarea"} and UNREADABLE[spoken].search(piece):
            yield f"<{node.tag}> says {piece.strip()!r} in {spoken}"
