"""An expression in words, in Japanese and English."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.calendar import MONTHS
from engine.expressions.functions import FUNCTIONS
from engine.expressions.types import Type
from engine.expressions.wordings import (
    BEFORE,
    BINDING,
    CALCULATED,
    COMPARED,
    DAY_FUNCTIONS,
    DENIED,
    MIRRORED,
    NEXT,
    OF_DAYS,
    OF_LISTS,
    OF_TWO,
    OPPOSITES,
    OVER_LIST,
)
from engine.words import say

DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-[0-9]{2}")
LONG = 10_000  # from here on numbers have commas: shorter ones may be years
Written = ast.Tuple | ast.List | ast.Set
Comprehension = ast.GeneratorExp | ast.ListComp


def explain(
    tree: ast.expr,
    language: str,
    titles: Mapping[str, str],
    named: Mapping[str, ast.expr],
    types: Mapping[str, Type],
    *,
    truth: bool,
) -> str:
    """What the expression says. `titles` maps names, properties and `name=value` to what people call them.

    `named` are conditions to explain in place of their names; `types` those of the names that are used.
    `truth`: it says what holds, not how much or which day.
    """
    speaker = _Speaker(language, titles, named, frozenset(_days(types)))
    return speaker.truth(tree) if truth else speaker.value(tree)


def _days(types: Mapping[str, Type]) -> Iterator[str]:
    """The names and properties that are days."""
    for name, type in types.items():
        if type.kind == "date":
            yield name
        yield from _days(type.properties)
        yield from _days(type.element.properties)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Two voices: `truth` for what holds or not, `value` for what is compared."""

    language: str
    titles: Mapping[str, str]
    named: Mapping[str, ast.expr]
    days: frozenset[str]
    each: Mapping[str, str] = field(default_factory=dict)  # what runs through a list, by the name of the list

    def say(self, key: str, **words: str) -> str:
        return say(key, self.language, **words)

    def truth(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name) if name in self.named:
                return self.truth(self.named[name])
            case ast.Name() | ast.Attribute():
                return self.say("explain.affirmed", name=self.value(node))
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return self.denied(inner)
            case ast.BoolOp(op=op, values=values):
                key = "explain.and" if isinstance(op, ast.And) else "explain.or"
                return self.joined(key, [self.part(value) for value in values])
            case ast.Compare():
                return self.compared(node)
        return self.value(node)

    def part(self, node: ast.expr) -> str:
        """One side of and/or; what is itself put together stands in brackets."""
        if isinstance(node, ast.Name) and node.id in self.named:
            return self.part(self.named[node.id])
        words = self.truth(node)
        return self.say("explain.bracketed", inner=words) if isinstance(node, ast.BoolOp) else words

    def joined(self, key: str, parts: list[str]) -> str:
        words = parts[0]
        for more in parts[1:]:
            words = self.say(key, left=words, right=more)
        return words

    def denied(self, inner: ast.expr) -> str:
        if isinstance(inner, ast.Name | ast.Attribute) and getattr(inner, "id", None) not in self.named:
            return self.say("explain.denied", name=self.value(inner))
        match inner:
            case ast.Name(id=name) if name in self.named:
                return self.denied(self.named[name])
            case ast.UnaryOp(op=ast.Not(), operand=twice):
                return self.truth(twice)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.compared(ast.Compare(left, [OPPOSITES[type(op)]], [right]))
            case ast.Call(func=ast.Name(id=name), args=[asked]) if name in DENIED:
                return self.say(DENIED[name], a=self.argument(asked))
        return self.say("explain.not", inner=self.truth(inner))

    def value(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name not in self.named:
                return self.titled(node, name)
            case ast.Constant(value=written):
                return self.constant(written)
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return self.say("answers.list_comma").join(self.value(part) for part in parts)
        return self.composed(node)

    def titled(self, node: ast.Name | ast.Attribute, name: str) -> str:
        """A field, a property, a part of an address, an item of a list, today."""
        match node:
            case ast.Name() if name in self.each:
                return self.say("explain.it")
            case ast.Name(id="today"):
                return self.say("explain.today")
            case ast.Attribute(value=ast.Name(id=of) | ast.Attribute(attr=of) as whole) if (
                f"{of}.{name}" in self.titles
            ):
                return self.say("explain.part", of=self.value(whole), part=self.titles[f"{of}.{name}"])
        return self.say("explain.quoted", words=self.titles.get(name, name))

    def composed(self, node: ast.expr) -> str:
        match node:
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.called(name, arguments)
            case ast.BinOp(op=op, left=left, right=right):
                words = {"left": self.operand(left, op), "right": self.operand(right, op, last=True)}
                return self.say(CALCULATED[type(op)], **words)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return "−" + self.operand(operand)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                words = {"yes": self.value(body), "no": self.value(orelse)}
                return self.say("explain.if", test=self.truth(test), **words)
            case ast.GeneratorExp() | ast.ListComp():
                return self.say("explain.each", list=self.over(node), inner=self.inside(node).value(node.elt))
        return self.truth(node)

    def operand(self, node: ast.expr, around: ast.operator | None = None, *, last: bool = False) -> str:
        """A part of a calculation; in brackets only where it could be read otherwise without them."""
        words = self.value(node)
        return words if self.binds(node, around, last=last) else self.say("explain.bracketed", inner=words)

    def binds(self, node: ast.expr, around: ast.operator | None, *, last: bool) -> bool:
        """Whether the words of `node` stay together beside the operator `around`."""
        match node:
            case ast.BinOp(op=op):
                own, outer = BINDING.get(type(op), 0), BINDING.get(type(around), 3) if around else 3
                return own > outer or (own == outer and not last)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return len(arguments) == 1 and name not in {"min", "max"}
        return not isinstance(node, ast.IfExp)

    def argument(self, node: ast.expr) -> str:
        """What a function is given."""
        words = self.value(node)
        whole = not isinstance(node, ast.BinOp | ast.IfExp)
        return words if whole else self.say("explain.bracketed", inner=words)

    def inside(self, node: Comprehension) -> "_Speaker":
        """One who speaks of the items of a list."""
        loop = node.generators[0]
        of: str = getattr(loop.iter, "id", getattr(loop.iter, "attr", ""))  # "": a list that is written out
        return replace(self, each={**self.each, ast.unparse(loop.target): of})

    def constant(self, written: object) -> str:
        if isinstance(written, bool):
            return self.say("explain.true" if written else "explain.false")
        if not isinstance(written, str):
            return f"{written:,}" if isinstance(written, int) and written >= LONG else f"{written!s}"
        return self.day(written) or self.say("explain.quoted", words=written)

    def day(self, written: str) -> str | None:
        """A day that is written out, as people write it."""
        if not DAY.fullmatch(written):
            return None
        year, month, day = map(int, written.split("-"))
        name = MONTHS[month - 1]
        return say("answers.day", self.language, year=year, month=month, day=day, month_name=name)

    def compared(self, node: ast.Compare) -> str:
        links, first = [], node.left
        for written, second in zip(node.ops, node.comparators, strict=True):
            op, left, right = written, first, second
            if isinstance(left, ast.Constant) and type(op) in MIRRORED:  # 10 < area: one speaks of the area
                op, left, right = MIRRORED[type(op)], right, left
            words = {"left": self.option(right, left), "right": self.option(left, right)}
            key = COMPARED[type(op)] if isinstance(right, Written) else OF_LISTS.get(type(op), COMPARED[type(op)])
            links.append(self.say(self.suited(key, left, right), **words))
            first = second
        return self.joined("explain.and", links)

    def option(self, choice: ast.expr, node: ast.expr) -> str:
        """`node`; a value that is compared with a choice is called what the option is called."""
        if isinstance(node, Written):
            return self.say("answers.list_comma").join(self.option(choice, part) for part in node.elts)
        match choice, node:
            case (ast.Name(id=asked) | ast.Attribute(attr=asked), ast.Constant(value=written)):
                title = self.titles.get(f"{self.each.get(asked, asked)}={written!s}")
                return self.constant(written) if title is None else self.say("explain.quoted", words=title)
        return self.argument(node) if isinstance(node, ast.IfExp) else self.value(node)

    def called(self, name: str, arguments: list[ast.expr]) -> str:
        first = arguments[0]
        if name == "answered":
            return self.say("explain.answered", name=self.value(first))
        if isinstance(first, Comprehension) and name in OVER_LIST:
            within = self.inside(first)
            inner = within.truth(first.elt) if name in {"any", "all", "count"} else within.value(first.elt)
            return self.say(self.suited(OVER_LIST[name], first.elt), list=self.over(first), inner=inner)
        function = FUNCTIONS[name]
        if function.several:
            return self.several(function.said, arguments)
        key = function.said_short if len(arguments) < len(function.wanted) else function.said
        match arguments:
            case [day, ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as back)] if key in BEFORE:
                key, arguments = BEFORE[key], [day, back]
        match arguments:
            case [_, ast.Constant(value=1)] if key in NEXT:
                key = NEXT[key]
        return self.say(key, **dict(zip("ab", map(self.argument, arguments), strict=False)))

    def several(self, key: str, arguments: list[ast.expr]) -> str:
        """A function of any number of values, or of a list of them."""
        match arguments:
            case [ast.List(elts=written) | ast.Tuple(elts=written)]:
                arguments = written
        words = [self.argument(one) for one in arguments]
        if len(words) == len("ab") and key in OF_TWO:
            return self.say(self.suited(OF_TWO[key], *arguments), **dict(zip("ab", words, strict=True)))
        return self.say(self.suited(key, *arguments), a=self.say("answers.list_comma").join(words))

    def suited(self, key: str, *nodes: ast.expr) -> str:
        """Days are earlier and later, not smaller and larger."""
        return OF_DAYS.get(key, key) if any(self.is_day(node) for node in nodes) else key

    def is_day(self, node: ast.expr) -> bool:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return name == "today" or name in self.days
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return name in DAY_FUNCTIONS or (name in {"min", "max"} and any(map(self.is_day, arguments)))
        return isinstance(node, Comprehension) and self.is_day(node.elt)

    def over(self, node: Comprehension) -> str:
        """The list, and of which of its items one speaks."""
        loop = node.generators[0]
        words = self.value(loop.iter)
        for test in loop.ifs:
            words = self.say("explain.those", list=words, test=self.inside(node).truth(test))
        return words
