"""Procedures with conditions in every place where one can stand, each made up of whatever can be named there."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

ONE = (
    "yes",
    "kind == 'a'",
    "kind != 'b'",
    "kind in ['a', 'c']",
    "kind not in ('b',)",
    "n < 2",
    "2 <= n",
    "0 < n < 3",
    "n != 1",
    "x >= 0.5",
    "x == 1",
    "day >= '2026-01-31'",
    "'2025-12-31' > day",
    "day != '2026-02-01'",
    "answered(n)",
    "answered(kind)",
    "yes == False",
    "True",
)
TWO = (
    "len(t) > 2",
    "len(t) <= 1.5",
    "'a' in t",
    "t == 'ab'",
    "'a' in kinds",
    "'c' not in kinds",
    "len(kinds) != 1",
    "any(k == 'b' for k in kinds)",
    "all(k in ['a', 'b'] for k in kinds)",
    "len(lines) == 2",
    "not (len(lines) == 1.5)",
    "any(len(l) > 1 for l in lines)",
    "count(l == 'a' for l in lines) >= 1",
    "answered(lines)",
)
ROWS = (
    "any(r.flag for r in rows)",
    "all(r.flag for r in rows)",
    "all(r.m > 1 for r in rows if r.flag)",
    "any(r.m == 0 for r in rows if not r.flag)",
    "count(r.flag for r in rows) >= 2",
    "count(r.flag for r in rows) != 1",
    "count(r.m < 2 for r in rows) < 1",
    "len([r for r in rows if r.flag]) == 1",
    "len([r for r in rows if r.m > 0]) != 0",
    "len(rows) > 1",
    "any(answered(r.tag) for r in rows)",
    "any(r.flag and yes for r in rows)",
    "all(r.m > 1 or kind == 'a' for r in rows)",
    "any(any(p.on for p in r.parts) for r in rows)",
    "any(r.m > 0 for r in rows if yes)",
    "any(count(p.on for p in r.parts) == 1 and r.flag for r in rows)",
)
FIRM = ("firm.name == 'a'", "answered(firm.branch)", "firm.branch != 'b'", "who.given == 'a'", "len(who.family) > 1")
INSIDE = ("flag", "m > 1", "not flag", "answered(m)", "flag and yes", "m == 0 or kind == 'a'", "n > 0")
PARTS = ("on", "flag and on", "on or m > 1", "yes and not on", "answered(m) and n < 2 and on")
UNSAYABLE = ("n > x", "n + 1 > 2", "age_on(day, today) >= 1", "day < today", "t == kind", "sum(r.m for r in rows) > 2")


def conditions(atoms: Sequence[str]) -> st.SearchStrategy[str]:
    """These, put together in any way."""
    return st.recursive(
        st.sampled_from(atoms),
        lambda inner: st.one_of(
            inner.map(lambda one: f"not ({one})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
        ),
        max_leaves=4,
    )


KINDS = {
    "bare": ("yes", "answered(yes)", "not yes"),
    "early": ONE[:8],
    "one": (*ONE, "c0", "c1"),
    "two": (*ONE, *TWO, "c0", "c1"),
    "rows": ROWS,
    "inside": INSIDE,
    "parts": PARTS,
    "firm": FIRM,
    "name": ("name == 'a'",),
    "c2": ("c2",),
    "unsayable": tuple(one for one in UNSAYABLE if "rows" not in one),
    "late": (*ONE, *TWO, *ROWS, "c0"),
}
TEMPLATE = """\
id: sample
version: 2026-04-01
title: 見本
bureau: sample
conditions:
  c0: <is early>
  c1: <is early>
  c2: <is late>
steps:
  one:
    title: 一
    fields:
      yes: {type: boolean, title: 有無, optional: true}
      kind: {type: choice, title: 種類, optional: <is bare>, options: {a: 甲, b: 乙, c: {title: 丙, when: <is bare>}}}
      n: {type: integer, title: 数, optional: true, when: <perhaps bare>}
      x: {type: number, title: 量, optional: <is bare>}
      day: {type: date, title: 日, optional: true, minimum: 2025-06-15}
  two:
    title: 二
    when: <perhaps one>
    fields:
      t: {type: text, title: 文, when: <perhaps one>, optional: <is one>}
      kinds: {type: choices, title: 種類, optional: <is one>, options: {a: 甲, b: 乙, c: {title: 丙, when: <is one>}}}
      lines: {type: array, title: 行, minItems: 0, items: {type: text, maxLength: 3}, optional: <is one>}
  three:
    title: 三
    fields:
      rows:
        type: array
        title: 表
        optional: <is two>
        items:
          type: object
          properties:
            flag: {type: boolean, title: 旗, optional: true}
            m: {type: integer, title: 数, optional: <is bare>}
            tag: {type: text, title: 札, when: <perhaps inside two>}
            parts:
              type: array
              title: 部
              optional: <is inside>
              items:
                type: object
                properties:
                  on: {type: boolean, title: 入}
                  q: {type: integer, title: 数, minimum: 0, when: <perhaps parts>, optional: <is parts one>}
  four:
    title: 四
    when: <perhaps two rows c2 unsayable>
    fields:
      firm:
        type: object
        title: 社
        optional: <is two>
        properties:
          name: {type: text, title: 名}
          branch: {type: text, title: 店, when: <perhaps name two>, optional: <is two c2>}
      who: {type: person_name, title: 氏名, when: <perhaps two c2>, optional: <is rows unsayable>}
      last: {type: text, title: 終, when: <perhaps two rows firm c2 unsayable>, optional: <is two c2>}
retention: {years: 1}
"""


@st.composite
def specs(draw: st.DrawFn) -> str:
    """The text of a procedure; half of the places where a condition may stand have one that always holds."""

    def filled(match: re.Match[str]) -> str:
        atoms = [atom for kind in match["kinds"].split() for atom in KINDS[kind]]
        always = match["how"] == "perhaps" and draw(st.booleans())
        return '"True"' if always else f'"{draw(conditions(atoms))}"'

    return re.sub("<(?P<how>is|perhaps) (?P<kinds>[a-z0-9 ]+)>", filled, TEMPLATE)
