"""An expression in words, in Japanese and English."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.expressions.functions import FUNCTIONS
from engine.expressions.types import DATE, Type
from engine.words import say

COMPARED: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "explain.equal",
    ast.Is: "explain.equal",
    ast.NotEq: "explain.not_equal",
    ast.IsNot: "explain.not_equal",
    ast.Lt: "explain.less",
    ast.LtE: "explain.at_most",
    ast.Gt: "explain.more",
    ast.GtE: "explain.at_least",
    ast.In: "explain.in",
    ast.NotIn: "explain.not_in",
}
OF_LISTS: Mapping[type[ast.cmpop], str] = {ast.In: "explain.contained", ast.NotIn: "explain.not_contained"}
OF_DAYS: Mapping[str, str] = {
    "explain.less": "explain.earlier",
    "explain.at_most": "explain.by",
    "explain.more": "explain.later",
    "explain.at_least": "explain.from",
    "explain.least": "explain.earliest",
    "explain.greatest": "explain.latest",
    "explain.min": "explain.earliest_in",
    "explain.max": "explain.latest_in",
}
DAY_FUNCTIONS = frozenset(
    name for name, one in FUNCTIONS.items() if not one.several and one.result(one.wanted).kind == DATE.kind
)
OVER_LIST: Mapping[str, str] = {
    "any": "explain.any",
    "all": "explain.all",
    "count": "explain.count",
    "sum": "explain.sum",
    "len": "explain.len",
    "min": "explain.min",
    "max": "explain.max",
}
CALCULATED: Mapping[type[ast.operator], str] = {
    ast.Add: "explain.plus",
    ast.Sub: "explain.minus",
    ast.Mult: "explain.times",
    ast.Div: "explain.divided",
    ast.FloorDiv: "explain.whole_times",
    ast.Mod: "explain.rest",
}
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
            case ast.Call(func=ast.Name(id="answered"), args=[asked]):
                return self.say("explain.unanswered", name=self.value(asked))
        return self.say("explain.not", inner=self.truth(inner))

    def value(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id="today"):
                return self.say("explain.today")
            case ast.Name(id=name) | ast.Attribute(attr=name) if name not in self.named:
                return self.say("explain.quoted", words=self.titles.get(name, name))
            case ast.Constant(value=written):
                return self.constant(written)
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return self.say("answers.list_comma").join(self.value(part) for part in parts)
        return self.composed(node)

    def composed(self, node: ast.expr) -> str:
        match node:
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.called(name, arguments)
            case ast.BinOp(op=op, left=left, right=right):
                return self.say(CALCULATED[type(op)], left=self.operand(left), right=self.operand(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return "−" + self.operand(operand)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                words = {"yes": self.value(body), "no": self.value(orelse)}
                return self.say("explain.if", test=self.truth(test), **words)
            case ast.GeneratorExp() | ast.ListComp():
                return self.say("explain.each", list=self.over(node), inner=self.value(node.elt))
        return self.truth(node)

    def operand(self, node: ast.expr) -> str:
        words = self.value(node)
        composed = isinstance(node, ast.BinOp | ast.IfExp) or (isinstance(node, ast.Call) and len(node.args) > 1)
        return self.say("explain.bracketed", inner=words) if composed else words

    def constant(self, written: object) -> str:
        if isinstance(written, bool):
            return self.say("explain.true" if written else "explain.false")
        return self.say("explain.quoted", words=written) if isinstance(written, str) else f"{written!s}"

    def compared(self, node: ast.Compare) -> str:
        links, left = [], node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            words = {"left": self.option(right, left), "right": self.option(left, right)}
            key = COMPARED[type(op)] if isinstance(right, Written) else OF_LISTS.get(type(op), COMPARED[type(op)])
            links.append(self.say(self.suited(key, left, right), **words))
            left = right
        return self.joined("explain.and", links)

    def option(self, choice: ast.expr, node: ast.expr) -> str:
        """`node`; a value that is compared with a choice is called what the option is called."""
        if isinstance(node, Written):
            return self.say("answers.list_comma").join(self.option(choice, part) for part in node.elts)
        match choice, node:
            case (ast.Name(id=field) | ast.Attribute(attr=field), ast.Constant(value=written)):
                title = self.titles.get(f"{field}={written!s}")
                return self.constant(written) if title is None else self.say("explain.quoted", words=title)
        return self.value(node)

    def called(self, name: str, arguments: list[ast.expr]) -> str:
        first = arguments[0]
        if name == "answered":
            return self.say("explain.answered", name=self.value(first))
        if isinstance(first, Comprehension) and name in OVER_LIST:
            truth = name in {"any", "all", "count"}
            inner = self.truth(first.elt) if truth else self.value(first.elt)
            return self.say(self.suited(OVER_LIST[name], first.elt), list=self.over(first), inner=inner)
        function = FUNCTIONS[name]
        if function.several:
            key = self.suited(function.said, *arguments)
            return self.say(key, a=self.say("answers.list_comma").join(map(self.value, arguments)))
        key = function.said_short if len(arguments) < len(function.wanted) else function.said
        return self.say(key, **dict(zip("ab", map(self.value, arguments), strict=False)))

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
            words = self.say("explain.those", list=words, test=self.truth(test))
        return words
