"""A critical reader of pages: parses strictly, says what is wrong, and reads forms as a browser would send them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape
from html.parser import HTMLParser
from itertools import chain, pairwise

from werkzeug.test import TestResponse

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
RAW = frozenset({"script", "style"})  # whose text is no text
ASKING = frozenset({"input", "select", "textarea"})
SILENT = frozenset({"hidden", "submit", "button", "image", "reset"})
INLINE = frozenset({"a", "b", "button", "em", "label", "small", "span", "strong", "textarea", "time"})
REFERENCES = ("aria-describedby", "aria-labelledby", "for", "form")


@dataclass
class Node:
    """One element. `pieces` are its texts and elements in order; `said` is all text below it."""

    tag: str
    attributes: dict[str, str]
    parent: "Node | None" = None
    pieces: list["Node | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        return iter(self._all)

    @cached_property
    def _all(self) -> list["Node"]:
        """Itself and every element below, in order; the tree does not change once it is read."""
        below = (piece._all for piece in self.pieces if isinstance(piece, Node))
        return [self, *chain.from_iterable(below)]

    def all(self, *tags: str) -> list["Node"]:
        """The elements of these kinds below, in order."""
        return [node for node in self if node.tag in tags]

    @property
    def said(self) -> str:
        """All text below, in one line."""
        return " ".join(self.text.split())

    @property
    def text(self) -> str:
        """All text below, as it is written; blocks are apart from each other."""
        inner = "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)
        return inner if self.tag in INLINE else f" {inner} "

    @property
    def above(self) -> Iterator["Node"]:
        """The elements around it."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class _Builder(HTMLParser):
    """Builds the tree and notes what does not nest or repeats itself."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("document", {})
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.pieces.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.here.tag}> (line {self.getpos()[0]})")
            return
        self.here = self.here.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.pieces.append(data)

    def close(self) -> None:
        super().close()
        if self.here is not self.root:
            self.faults.append(f"<{self.here.tag}> is never closed")


# A page without a fault in its nesting, piece by piece; anything else is read again by what knows why it is one.
_PIECE = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<rest>(?:\s+[^\s\"'<>/=]+(?:=\"[^\"]*\")?)*)\s*(?P<empty>/?)>"
    r"|<!doctype[^>]*>|<!--.*?-->|(?P<text>[^<]+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s+([^\s\"'<>/=]+)(?:=\"([^\"]*)\")?")


def quickly(html: str) -> Node | None:
    """The tree of a page that is all plain and nests well; None if it is not, or if nobody can be sure."""
    root = here = Node("document", {})
    place = 0
    while place < len(html):
        piece = _PIECE.match(html, place)
        if piece is None:
            return None
        place = piece.end()
        tag = piece["tag"]
        if tag is None:
            if text := piece["text"]:
                if here.tag in RAW:
                    return None
                here.pieces.append(unescape(text))
        elif piece["end"]:
            if here.tag != tag or here.parent is None:
                return None
            here = here.parent
        else:
            attributes = _ATTRIBUTE.findall(piece["rest"])
            node = Node(tag, {name.lower(): unescape(value) for name, value in attributes}, here)
            if len(node.attributes) != len(attributes):
                return None
            here.pieces.append(node)
            if tag not in VOID and not piece["empty"]:
                here = node
    return root if here is root else None


def thoroughly(html: str) -> tuple[Node, list[str]]:
    """The tree of any page, and what does not nest or repeats itself."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root, builder.faults


@lru_cache(maxsize=32)
def _built(html: str) -> tuple[Node, list[str]]:
    """A page is read once, however many look at it."""
    root = quickly(html)
    return (root, []) if root else thoroughly(html)


def read(page: TestResponse) -> Node:
    """The page as a tree, which nobody changes."""
    return _built(page.get_data(as_text=True))[0]


def faults(page: TestResponse) -> list[str]:
    """Everything wrong with a page, each in a line; empty when all is well or it is no page."""
    if page.mimetype != "text/html" or not page.data or page.status_code in range(300, 400):
        return []
    root, found = _built(page.get_data(as_text=True))
    return [*found, *_frame(root, page), *_readings(root), *_ids(root), *_questions(root), *_safety(root)]


def _frame(root: Node, page: TestResponse) -> Iterator[str]:
    html = root.all("html")
    if not html or html[0].attributes.get("lang") not in {"ja", "en", "zh-Hans", "ko"}:
        yield "the page does not say its language"
    if not any(title.said for title in root.all("title")):
        yield "the page has no title"
    if (count := len(root.all("h1"))) != 1:
        yield f"one h1, not {count}"
    levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4")]
    yield from (f"a heading skips from h{a} to h{b}" for a, b in pairwise(levels) if b > a + 1)
    policy = page.headers.get("Content-Security-Policy", "")
    if "default-src" not in policy or "unsafe" in policy:
        yield f"the content security policy is weak: {policy!r}"
    if "no-store" not in page.headers.get("Cache-Control", ""):
        yield "the page may be stored"


def _readings(root: Node) -> Iterator[str]:
    for node in root.all("title", "option", "textarea"):
        if node.all("ruby"):
            yield f"a <{node.tag}> cannot hold readings"
    for node in root:
        yield from (f"{name} of <{node.tag}> holds HTML" for name, words in node.attributes.items() if "<r" in words)
        if any(isinstance(piece, str) and ("<ruby" in piece or "《" in piece) for piece in node.pieces):
            yield f"<{node.tag}> shows readings as they are written"


def _ids(root: Node) -> Iterator[str]:
    ids = [node.attributes["id"] for node in root if "id" in node.attributes]
    yield from (f"the id {id!r} is there twice" for id in {id for id in ids if ids.count(id) > 1})
    for node in root:
        for name in REFERENCES:
            for id in node.attributes.get(name, "").split():
                if id not in ids:
                    yield f"{name}={id!r} leads to nothing"
        href = node.attributes.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"the link {href!r} leads to nothing"


def _questions(root: Node) -> Iterator[str]:
    labelled = {node.attributes["for"] for node in root.all("label") if "for" in node.attributes and node.said}
    for node in root.all(*ASKING):
        kind = node.attributes.get("type", "text")
        if kind in SILENT or "hidden" in node.attributes:
            continue
        wrapped = any(above.tag == "label" and above.said for above in node.above)
        if not (wrapped or node.attributes.get("id") in labelled or "aria-label" in node.attributes):
            yield f"<{node.tag} name={node.attributes.get('name')!r}> has no label"
        if kind == "radio" and not any(above.tag == "fieldset" and above.all("legend") for above in node.above):
            yield f"the choice {node.attributes.get('name')!r} has no group with a legend"
    for node in root.all("button", "a"):
        if not node.said and "aria-label" not in node.attributes:
            yield f"a <{node.tag}> says nothing"


def _safety(root: Node) -> Iterator[str]:
    for node in root:
        if "style" in node.attributes or any(name.startswith("on") for name in node.attributes):
            yield f"<{node.tag}> has a style or a script inside"
        if node.tag in {"script", "style"} and "src" not in node.attributes and "nonce" not in node.attributes:
            yield f"an inline <{node.tag}> without a nonce"
        for name in ("src", "action", "href"):
            if node.tag != "a" and node.attributes.get(name, "").startswith(("http:", "https:", "//")):
                yield f"<{node.tag}> reaches outside: {node.attributes[name]}"
        if node.tag == "form" and node.attributes.get("method") == "post":
            names = [inner.attributes.get("name") for inner in node.all("input")]
            if "csrf_token" not in names:
                yield f"the form to {node.attributes.get('action')!r} has no token"
        if node.tag == "img" and "alt" not in node.attributes:
            yield "a picture has no alternative text"


def form_values(form: Node) -> dict[str, list[str]]:
    """What a browser would send for the form as it stands, without pressing a named button."""
    values: dict[str, list[str]] = {}
    for node in form.all(*ASKING):
        name, kind = node.attributes.get("name"), node.attributes.get("type", "text")
        if not name or kind in {"file", "submit", "button"}:
            continue
        if kind in {"radio", "checkbox"} and "checked" not in node.attributes:
            continue
        values.setdefault(name, []).append(_value(node))
    return values


def _value(node: Node) -> str:
    if node.tag == "textarea":
        return node.text.removeprefix("\n")
    if node.tag == "select":
        options = node.all("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return chosen[0].attributes.get("value", chosen[0].said) if chosen else ""
    return node.attributes.get("value", "")


def main_form(root: Node, action: str = "") -> Node:
    """The form of the page's own content whose address contains `action`."""
    main = root.all("main")[0]
    return next(form for form in main.all("form") if action in form.attributes.get("action", ""))
