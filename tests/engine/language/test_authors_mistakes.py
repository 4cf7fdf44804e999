"""Mistakes that authors of another government's forms made, in our language: each is found, and found at its place."""

import pytest

from tests.engine.language.specs import FRONT, compiled, expected

KINDS = "kinds: {type: choices, title: {ja: 種類, en: Kinds}, options: {foo: {ja: 甲, en: A}, bar: {ja: 乙, en: B}}}"
KIND = "kind: {type: choice, title: {ja: 種類, en: Kind}, options: {foo: {ja: 甲, en: A}, bar: {ja: 乙, en: B}}}"
DUMMY = "title: {ja: 次, en: Next}, type: text"
GROUP = "g: {type: object, title: {ja: 甲, en: G}, properties: {inner: {type: text, title: {ja: 中, en: Inner}}}}"
LIST = (
    "l: {type: array, title: {ja: 列, en: L}, items: {type: object, properties: "
    "{amount: {type: integer, title: {ja: 額, en: Amount}}}}}"
)
LINE = 'title: {ja: 料, en: Fee}, law: 法, account: "1", yen: [{from: 2000-04-01, amount: 5}]'

MISTAKES: list[tuple[str, tuple[str, ...], str]] = [
    (
        "the size of one option, by its number",
        (KINDS, f"it: {{{DUMMY}, when: kinds.0.size == 1}}     # <- bad-expression"),
        "",
    ),
    (
        "the size of one option, by its value",
        (KINDS, f"it: {{{DUMMY}, when: kinds.foo.size == 1}}     # <- bad-expression"),
        "",
    ),
    (
        "several choices compared as if they were one",
        (KINDS, f"it: {{{DUMMY}, when: kinds == 'foo'}}     # <- bad-expression"),
        "",
    ),
    ("an option by its number", (KIND, f"it: {{{DUMMY}, when: kind == 10}}     # <- bad-expression"), ""),
    ("an option that does not exist", (KIND, f"it: {{{DUMMY}, when: kind == 'baz'}}     # <- unknown-option"), ""),
    (
        "an option that does not exist among several",
        (KINDS, f"it: {{{DUMMY}, when: \"'baz' in kinds\"}}     # <- unknown-option"),
        "",
    ),
    (
        "one option with a value, another without",
        ("kind: {type: choice, title: {ja: 甲, en: K}, options: [foo, {ja: 乙, en: B}]}     # <- wrong-type",),
        "",
    ),
    (
        "one option with a wording, another without",
        ("kind: {type: choice, title: {ja: 甲, en: K}, options: {foo: {ja: 甲, en: A}, bar: }}     # <- wrong-type",),
        "",
    ),
    (
        "the same value twice",
        ("kind: {type: choice, title: 甲, options: {foo: {ja: 甲, en: A}, foo: 乙}}     # <- yaml-duplicate-key",),
        "",
    ),
    (
        "the same value twice in a list",
        ("kind: {type: choice, title: {ja: 甲, en: K}, options: [foo, bar, foo]}     # <- repeated",),
        "",
    ),
    ("a choice of nothing", ("kind: {type: choice, title: {ja: 甲, en: K}, options: {}}     # <- empty",), ""),
    ("a choice without options", ("kind: {type: choice, title: {ja: 甲, en: K}}     # <- no-options",), ""),
    (
        "options that another answer should give",
        ("a: {type: text, title: {ja: 甲, en: A}}", f"kind: {{{DUMMY}, options: a}}     # <- wrong-type"),
        "",
    ),
    (
        "a field inside one group used in another",
        (
            GROUP,
            (
                "h: {type: object, title: {ja: 乙, en: H}, properties: "
                f"{{other: {{{DUMMY}, when: inner == 'x'}}}}}}     # <- inside-list"
            ),
        ),
        "",
    ),
    ("a field of a list used outside of it", (LIST, f"it: {{{DUMMY}, when: amount > 3}}     # <- inside-list"), ""),
    (
        "a field of one list used in another",
        (
            LIST,
            (
                "m: {type: array, title: {ja: 乙, en: M}, items: {type: object, properties: "
                f"{{other: {{{DUMMY}, when: amount > 3}}}}}}}}     # <- inside-list"
            ),
        ),
        "",
    ),
    ("a field that does not exist", (f"it: {{{DUMMY}, when: textB == 'x'}}     # <- unknown-name",), ""),
    (
        "a field that is asked later",
        (f"it: {{{DUMMY}, when: b == 'x'}}     # <- forward-reference", f"b: {{{DUMMY}}}"),
        "",
    ),
    (
        "a certificate that shows what is not asked",
        (f"it: {{{DUMMY}}}",),
        "certificates: {c: {title: {ja: 証, en: C}, template: certificate, shows: [nino]}}     # <- not-a-field\n",
    ),
    (
        "evidence in a field that does not exist",
        (f"it: {{{DUMMY}}}",),
        (
            f"fees: {{due: submission, lines: {{a: {{{LINE}}}}}, "
            "waivers: {w: {title: {ja: 免, en: W}, law: 法, when: answered(it), "
            "percent: 50, needs: code2}}}     # <- not-a-field\n"
        ),
    ),
    (
        "a page that does not exist, in what is expected",
        (f"it: {{{DUMMY}}}",),
        "scenarios: [{name: n, on: 2026-05-01, answers: {it: あ}, expect: {steps: [page2]}}]     # <- not-a-step\n",
    ),
    ("two fields of one name", (f"it: {{{DUMMY}}}", f"it: {{{DUMMY}}}     # <- yaml-duplicate-key"), ""),
    ("a field without a question", ("it: {type: text}     # <- no-title",), ""),
    (
        "a condition that can never hold",
        (KIND, f"it: {{{DUMMY}, when: kind == 'foo' and kind == 'bar'}}     # <- never-shown"),
        "",
    ),
]


@pytest.mark.parametrize(("fields", "more"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_it_is_found_at_its_place(fields: tuple[str, ...], more: str) -> None:
    lines = [*more.splitlines(), "", "", "", "", *fields]
    wanted = {(number + FRONT.count("\n"), code) for number, code in expected("\n".join(lines))}
    found = {
        (problem.line, problem.code) for problem in compiled(*fields, more=more).problems if problem.severity == "error"
    }
    assert found == wanted
    assert len(wanted) == 1
