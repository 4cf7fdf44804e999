"""An expression in words, in Japanese and English."""

import ast
from collections.abc import Mapping

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
OVER_LIST: Mapping[str, str] = {
    "any": "explain.any",
    "all": "explain.all",
    "count": "explain.count",
    "sum": "explain.sum",
}


def explain(tree: ast.expr, language: str, titles: Mapping[str, str]) -> str:
    """What the expression says. `titles` maps names, `list.property` and `name=value` to what people call them."""
    return _Explainer(language, titles).truth(tree)


class _Explainer:
    """Two voices: `truth` for what holds or not, `value` for what is compared."""

    def __init__(self, language: str, titles: Mapping[str, str]) -> None:
        self.language = language
        self.titles = titles

    def truth(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op=op, values=values):
                key = "explain.and" if isinstance(op, ast.And) else "explain.or"
                words = self.truth(values[0])
                for value in values[1:]:
                    words = say(key, self.language, left=words, right=self.truth(value))
                return words
            case ast.UnaryOp(op=ast.Not(), operand=ast.Name() | ast.Attribute() as name):
                return say("explain.denied", self.language, name=self.value(name))
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return say("explain.not", self.language, inner=self.truth(inner))
            case ast.Name() | ast.Attribute():
                return say("explain.affirmed", self.language, name=self.value(node))
            case ast.Compare():
                return self._compared(node)
        return self.value(node)

    def value(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id="today"):
                return say("explain.today", self.language)
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return self.titles.get(name, name)
            case ast.Constant(value=value):
                return str(value)
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return "、".join(f"「{self.value(part)}」" for part in parts)
            case ast.Call(func=ast.Name(id=name), args=[argument]):
                return self._called(name, argument, node)
            case ast.BoolOp() | ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return self.truth(node)
        return ast.unparse(node)

    def _compared(self, node: ast.Compare) -> str:
        words = []
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            said = self._option(left, right)
            words.append(say(COMPARED[type(op)], self.language, left=self.value(left), right=said))
            left = right
        result = words[0]
        for more in words[1:]:
            result = say("explain.and", self.language, left=result, right=more)
        return result

    def _option(self, name: ast.expr, written: ast.expr) -> str:
        """A value that is compared with a choice is called what the option is called."""
        if isinstance(written, ast.Tuple | ast.List | ast.Set):
            return "、".join(f"「{self._option(name, part)}」" for part in written.elts)
        if isinstance(written, ast.Constant) and isinstance(name, ast.Name | ast.Attribute):
            field = name.id if isinstance(name, ast.Name) else name.attr
            return self.titles.get(f"{field}={self.value(written)}", self.value(written))
        return self.value(written)

    def _called(self, name: str, argument: ast.expr, node: ast.expr) -> str:
        if name == "answered":
            return say("explain.answered", self.language, name=self.value(argument))
        if name == "len":
            return say("explain.number_of", self.language, list=self.value(argument))
        if name in OVER_LIST and isinstance(argument, ast.GeneratorExp | ast.ListComp):
            items, element = self.value(argument.generators[0].iter), argument.elt
            inner = self.value(element) if name == "sum" else self.truth(element)
            return say(OVER_LIST[name], self.language, list=items, inner=inner)
        return ast.unparse(node)
