"""Reads a source into nodes in one pass over the parser's events, so that every limit stops it in time."""

from collections.abc import Callable
from typing import Any

import yaml
from yaml import events

from engine.problems import Code, Report, Spot
from engine.source import codes, syntax
from engine.source.characters import FORBIDDEN, decode
from engine.source.nodes import MappingNode, Node, Pair, ScalarNode, SequenceNode
from engine.source.scalars import NotExact, resolve

DEEPEST = 20
MOST_NODES = 5_000
CORE_TAGS = "tag:yaml.org,2002:"

CollectionNode = MappingNode | SequenceNode


class Refused(Exception):
    """Reading stops here; the problem is in the report."""


def read(source: str | bytes, report: Report) -> MappingNode | None:
    """The mapping that the source is, or None with problems in `report`.

    At most 256 KB, 20 levels, 5,000 nodes; no anchors, aliases, tags, directives, tabs, control characters,
    duplicate keys or second documents. Where only keys are duplicated the first of each is kept and returned.
    """
    text = decode(source, report)
    if text is None:
        return None
    try:
        root = _Builder(report).build(text)
    except Refused:
        return None
    except yaml.YAMLError as error:
        syntax.explain(error, report)
        return None
    if isinstance(root, MappingNode):
        return root
    report.add(codes.EMPTY if root is None or root.plain() is None else codes.NOT_MAPPING, Spot(1, 1))
    return None


class _Builder:
    """Puts nodes together as events arrive; an own stack, so depth costs no recursion."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.root: Node | None = None
        self.open: list[CollectionNode] = []
        self.keys: list[ScalarNode | None] = []  # the key that waits for its value, one a level
        self.names: list[str] = []  # the key whose value is being read, one a level
        self.count = 0
        self.documents = 0

    def build(self, text: str) -> Node | None:
        """The document's node; raises `Refused` or YAMLError."""
        handle: dict[type[events.Event], Callable[..., None]] = {
            events.ScalarEvent: self.scalar,
            events.MappingStartEvent: self.start_mapping,
            events.SequenceStartEvent: self.start_sequence,
            events.MappingEndEvent: self.end,
            events.SequenceEndEvent: self.end,
            events.AliasEvent: self.alias,
            events.DocumentStartEvent: self.document,
        }
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            handler = handle.get(type(event))
            if handler is not None:
                handler(event)
        return self.root

    def document(self, event: events.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.refuse(codes.SECOND_DOCUMENT, event)
        if event.version or event.tags:
            self.refuse(codes.DIRECTIVE, event)

    def alias(self, event: events.AliasEvent) -> None:
        self.refuse(codes.ANCHOR, event, name=f"*{event.anchor}")

    def scalar(self, event: events.ScalarEvent) -> None:
        self.admit(event)
        text, style = event.value, event.style
        mark: Any = event.start_mark  # which the C parser never leaves out
        node = ScalarNode(text, text, mark.line + 1, mark.column + 1, style or None)
        if not style:
            try:
                node.value = resolve(text)
            except NotExact:
                self.report.add(codes.NUMBER, node, self.path(), text=text[:40])
                node.value = 0
        elif style == '"' and (found := FORBIDDEN.search(text)):
            self.report.add(codes.CONTROL, node, self.path(), character=f"U+{ord(found.group()):04X}")
        if self.open and self.keys[-1] is None and self.open[-1].__class__ is MappingNode:
            self.keys[-1] = node  # most scalars are keys
        else:
            self.place(node)

    def start_mapping(self, event: events.MappingStartEvent) -> None:
        self.admit(event)
        mark: Any = event.start_mark
        self.enter(MappingNode(mark.line + 1, mark.column + 1), event)

    def start_sequence(self, event: events.SequenceStartEvent) -> None:
        self.admit(event)
        mark: Any = event.start_mark
        self.enter(SequenceNode(mark.line + 1, mark.column + 1), event)

    def enter(self, node: CollectionNode, event: events.Event) -> None:
        if self.open and isinstance(self.open[-1], MappingNode) and self.keys[-1] is None:
            self.refuse(codes.KEY, event)
        if len(self.open) == DEEPEST:
            self.refuse(codes.TOO_DEEP, event, limit=DEEPEST)
        self.place(node)
        self.open.append(node)
        self.keys.append(None)
        self.names.append("")

    def end(self, event: events.Event) -> None:
        self.open.pop()
        self.keys.pop()
        self.names.pop()

    def admit(self, event: events.ScalarEvent | events.CollectionStartEvent) -> None:
        """Count the node, and refuse what hangs on it: an anchor or a tag."""
        self.count += 1
        if self.count > MOST_NODES:
            self.refuse(codes.TOO_MANY_NODES, event, limit=f"{MOST_NODES:,}")
        if event.anchor is not None:
            self.refuse(codes.ANCHOR, event, name=f"&{event.anchor}")
        if event.tag is not None:
            self.refuse(codes.TAG, event, name=event.tag.replace(CORE_TAGS, "!!"))

    def place(self, node: Node) -> None:
        """Put a node where the stack says: root, list item or value."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            return
        self.keys[-1] = None
        self.names[-1] = key.text
        self.pair(parent, key, node)

    def pair(self, parent: MappingNode, key: ScalarNode, node: Node) -> None:
        name = key.text
        if not name:
            self.report.add(codes.KEY, key, self.path())
        elif name in parent.pairs:
            first = parent.pairs[name].key
            self.report.add(codes.DUPLICATE_KEY, key, self.path(), key=name, line=first.line)
        else:
            parent.pairs[name] = Pair(key, node)

    def path(self) -> str:
        """Where in the document we are, dotted."""
        steps = [
            str(max(len(node.items) - 1, 0)) if isinstance(node, SequenceNode) else name
            for node, name in zip(self.open, self.names, strict=True)
        ]
        return ".".join(step for step in steps if step)

    def refuse(self, code: Code, event: events.Event, **parameters: object) -> None:
        self.report.add(code, _spot(event), self.path(), **parameters)
        raise Refused


def _spot(event: events.Event) -> Spot:
    mark = event.start_mark
    return Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)
