"""Broken and malicious specs by name: each must be refused quickly, in little memory, without a traceback."""

from collections.abc import Callable, Mapping

FRONT = """\
id: sample
version: 2026-04-01
title: {ja: 見本, en: Sample}
bureau: sample
retention: {years: 1}
"""


def spec(*fields: str, more: str = "") -> str:
    """A procedure of one step with these fields."""
    asked = "".join(f"      {field}\n" for field in fields)
    return f"{FRONT}{more}steps:\n  one:\n    title: {{ja: 一, en: One}}\n    fields:\n{asked}"


def text(**keywords: str) -> str:
    """A procedure of one text field with these keywords, each written as YAML."""
    return spec(f"it: {{type: text, title: 問い, {', '.join(f'{key}: {value}' for key, value in keywords.items())}}}")


def when(expression: str) -> str:
    """A procedure with this condition on a field, below some fields to speak of."""
    return spec(
        "age: {type: integer, title: 年齢}",
        "name: {type: text, title: 名前}",
        "dogs: {type: array, title: 犬, items: {type: object, properties: {call: {type: text, title: 名}}}}",
        f"it: {{type: text, title: 問い, when: '{expression}'}}",
    )


def fee(amount: str) -> str:
    """A procedure that costs so much."""
    line = f'{{title: 料, law: 法, account: "1", yen: [{{from: 2026-04-01, amount: {amount}}}]}}'
    return spec("it: {type: text, title: 問い}", more=f"fees: {{due: submission, lines: {{a: {line}}}}}\n")


def _nested(opening: str, closing: str, depth: int, inner: str = "1") -> str:
    return opening * depth + inner + closing * depth


YAML: Mapping[str, Callable[[], str | bytes]] = {
    "laughs": lambda: (
        "a: &a [x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    ),
    "an anchor that holds itself": lambda: "a: &a [*a]",
    "merge keys": lambda: "base: &b {x: 1}\nsteps: {<<: *b}",
    "brackets without end": lambda: "a: " + "[" * 200_000,
    "braces without end": lambda: "{" * 200_000,
    "maps without end": lambda: "{a: " * 50_000,
    "dashes without end": lambda: "- " * 100_000,
    "questions without end": lambda: "? " * 100_000,
    "indentation without end": lambda: "\n".join(" " * n + "a:" for n in range(600)),
    "quotes without end": lambda: 'a: "' + "x" * 250_000,
    "a block text without end": lambda: "a: |\n" + "  x\n" * 60_000,
    "folded lines": lambda: "a: >\n" + "  犬\n" * 40_000,
    "many values": lambda: "a: [" + "1," * 100_000 + "]",
    "many keys": lambda: "".join(f"k{n}: 1\n" for n in range(20_000)),
    "one key many times": lambda: "a: 1\n" * 60_000,
    "a key of 200 KB": lambda: "x" * 200_000 + ": 1",
    "a tag that runs a command": lambda: FRONT + "steps: !!python/object/apply:os.system ['id']",
    "a tag of our own": lambda: FRONT + "steps: !env HOME",
    "a directive": lambda: "%YAML 1.1\n---\n" + FRONT,
    "many documents": lambda: "---\na: 1\n" * 20_000,
    "comments only": lambda: "# 犬\n" * 30_000,
    "300 KB": lambda: FRONT + "# " + "x" * 300_000,
    "digits without end": lambda: "a: " + "9" * 200_000,
    "an exponent without end": lambda: "a: 1e" + "9" * 100_000,
    "zero bytes": lambda: b"\x00" * 200_000,
    "not UTF-8": lambda: b"title: " + b"\xff\xfe" * 50_000,
    "Shift_JIS": lambda: (FRONT + "summary: 犬の登録").encode("shift_jis"),
    "UTF-16": lambda: FRONT.encode("utf-16"),
    "half a surrogate": lambda: FRONT + 'summary: "\\ud800"',
    "turned text": lambda: FRONT + "summary: 犬\u202eの登録",
    "bells": lambda: FRONT + "summary: 犬" + "\x07" * 10_000,
    "tabs": lambda: "\t" * 100_000,
    "an executable": lambda: b"\x7fELF" + bytes(range(256)) * 500,
    "a zip file": lambda: b"PK\x03\x04" + bytes(1000) * 100,
    "a template": lambda: FRONT + "steps: {{ steps }}",
}

EXPRESSIONS: Mapping[str, Callable[[], str]] = {
    "brackets in an expression": lambda: when(_nested("(", ")", 500)),
    "not not not": lambda: when("not " * 250 + "age > 1"),
    "minus minus minus": lambda: when("-" * 900 + "1 > 0"),
    "a long chain of and": lambda: when(" and ".join(["age > 1"] * 120)),
    "a long chain of comparisons": lambda: when(" < ".join(["age"] * 240)),
    "a tower of powers": lambda: when("9**9**9**9 > age"),
    "a number of a thousand digits": lambda: when("age > " + "9" * 990),
    "an exponent of a million": lambda: when("age > 1e1000000"),
    "a text a billion times": lambda: when('name == "a" * 1000000000'),
    "an import": lambda: when('__import__("os").system("id") == 0'),
    "a way through attributes": lambda: when("name.__class__.__mro__[1].__subclasses__() == age"),
    "a lambda": lambda: when("(lambda: age)() > 1"),
    "a walrus": lambda: when("(n := 5) > age"),
    "a formatted text": lambda: when('f"{name!r:>1000000000}" == name'),
    "a loop in a loop in a loop": lambda: when(
        "any(any(any(True for c in dogs) for b in dogs) for a in dogs if a.call.call)"
    ),
    "a star": lambda: when("max(*dogs) > 1"),
    "await": lambda: when("await name"),
    "two statements": lambda: when("age > 1; import os"),
    "a comprehension without end": lambda: when("[" * 60 + "d" + " for d in dogs]" * 60),
    "a zero byte in an expression": lambda: spec('it: {type: text, title: 問い, when: "age\\0 > 1"}'),
    "an expression of 100 KB": lambda: when("age > 1 or " * 9_000 + "age > 2"),
    "a condition that holds itself": lambda: spec(
        "it: {type: text, title: 問い, when: a}", more="conditions: {a: a}\n"
    ),
    "a circle of a thousand conditions": lambda: spec(
        "it: {type: text, title: 問い, when: c0}",
        more="conditions:\n" + "".join(f"  c{n}: not c{(n + 1) % 1000}\n" for n in range(1000)),
    ),
    "conditions that double": lambda: spec(
        "age: {type: integer, title: 年齢}",
        "it: {type: text, title: 問い, when: c40 and agee > 1}",
        more="conditions:\n  c0: age > 1\n"
        + "".join(f"  c{n}: c{n - 1} and not c{n - 1} or c{n - 1}\n" for n in range(1, 41)),
    ),
    "ors that multiply": lambda: when(
        " and ".join(f"(age == {n} or age == {n + 50} or age == {n + 99})" for n in range(12)) + " and agee"
    ),
}

SCHEMAS: Mapping[str, Callable[[], str]] = {
    "a pattern that backtracks, and looks ahead": lambda: text(pattern="'(?=(a+)+$)x'"),
    "a pattern with a back-reference": lambda: text(pattern="'(a+)\\1'"),
    "a pattern that repeats repeats": lambda: text(pattern="'((((a{1,1000}){1,1000}){1,1000}){1,1000})'"),
    "a pattern of 100 KB": lambda: text(pattern="'" + "(a|b)" * 20_000 + "('"),
    "a pattern that does not close": lambda: text(pattern="'" + "(" * 5_000 + "'"),
    "a reference to the network": lambda: text(allOf="[{$ref: 'https://example.com/schema'}]"),
    "a reference to a file": lambda: text(allOf="[{$ref: 'file:///etc/passwd'}]"),
    "a reference to nothing": lambda: text(allOf="[{$ref: '#/$defs/none'}]"),
    "a multiple of nothing": lambda: spec("it: {type: number, title: 数, multipleOf: 0}"),
    "a multiple of almost nothing": lambda: spec("it: {type: number, title: 数, multipleOf: 1e-400}"),
    "a negative length": lambda: text(minLength="-1"),
    "a length beyond all bounds": lambda: text(maxLength="99999999999999999999"),
    "a schema that is a text": lambda: text(allOf="[text]"),
    "a schema that is a list": lambda: text(anyOf="[[[[]]]]"),
    "allOf nested too deep": lambda: text(allOf=_nested("[{allOf: ", "}]", 30, "[true]")),
    "an enumeration of nothing": lambda: text(enum="[]"),
    "an array of an array of an array …": lambda: spec(
        "it: " + _nested("{type: array, title: 一, items: ", "}", 40, "{type: text}")
    ),
    "a thousand problems": lambda: spec(*(f"f{n}: {{type: txt, titel: 問い}}" for n in range(700))),
    "a day that is none": lambda: spec("it: {type: date, title: 日, minimum: 2026-02-30, maximum: 9999-99-99}"),
    "a fee of a fraction": lambda: fee("0.5"),
    "a fee below nothing": lambda: fee("-5"),
    "a version in no calendar": lambda: spec("it: {type: text, title: 問い}").replace("2026-04-01", "2026-13-45"),
    "an id that climbs folders": lambda: spec("it: {type: text, title: 問い}").replace(
        "id: sample", "id: ../../etc/passwd"
    ),
    "a field named like Python's own": lambda: spec(
        "__class__: {type: text, title: 問い}", "None: {type: text, title: 問い}"
    ),
    "a template that climbs folders": lambda: spec(
        "it: {type: text, title: 問い}", more="certificates: {a: {title: 証, template: ../../../etc/passwd}}\n"
    ),
    "scenarios that answer with everything": lambda: (
        spec("it: {type: integer, title: 数}")
        + "scenarios:\n"
        + "".join(
            f"  - {{name: n{n}, on: 2026-05-01, answers: {{it: {'[' * 8}{n}{']' * 8}}}, expect: {{}}}}\n"
            for n in range(200)
        )
    ),
}

HOSTILE: Mapping[str, Callable[[], str | bytes]] = {**YAML, **EXPRESSIONS, **SCHEMAS}
