"""Pages as they came, kept to be looked at by browsers and checkers; of pages alike in shape, the first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from werkzeug.test import TestResponse

from tests.web.client import Node, read

MARKS = ("type", "class", "role", "aria-invalid", "hidden", "open")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One page: who saw it, where, under which rule of the site, and its HTML."""

    name: str
    person: str
    path: str
    status: int
    html: str

    def __str__(self) -> str:
        return f"{self.person} at {self.path} ({self.status})"


@dataclass
class Album:
    """The pages seen. `pages` holds one of each shape; `seen` counts all."""

    folder: Path
    pages: dict[tuple[object, ...], Snapshot] = field(default_factory=dict)
    seen: int = 0

    def add(self, person: str, rule: str, page: TestResponse) -> None:
        """Keep the page if none of its shape is there."""
        self.seen += 1
        tree = read(page)
        key = (rule, page.status_code, tree.all("html")[0].attributes.get("lang"), shape(tree))
        if key in self.pages:
            return
        name = f"{len(self.pages):04}.html"
        self.pages[key] = Snapshot(name, person, page.request.full_path.rstrip("?"), page.status_code, page.text)
        (self.folder / name).write_text(page.text, encoding="utf-8")

    def one_of_each_rule(self) -> Iterator[Snapshot]:
        """For slow lookers: the largest page of every rule and status."""
        largest: dict[tuple[object, ...], Snapshot] = {}
        for (rule, status, *_), page in self.pages.items():
            key = (rule, status)
            if key not in largest or len(largest[key].html) < len(page.html):
                largest[key] = page
        yield from largest.values()

    def of_each_kind(self) -> list[Snapshot]:
        """For looks at parts of pages: so few that every kind of element which any page has is in one of them."""
        left, chosen = frozenset().union(*(kinds for *_, kinds in self.pages)), []
        while left:
            most = max(self.pages, key=lambda key: len(left & key[-1]))
            chosen.append(self.pages[most])
            left -= most[-1]
        return chosen


def shape(tree: Node) -> frozenset[tuple[str, ...]]:
    """Which kinds of elements there are; texts, names and how often do not matter."""
    return frozenset(
        (node.tag, *(f"{mark}={node.attributes[mark]}" for mark in MARKS if mark in node.attributes)) for node in tree
    )
