"""Writes specs for the benchmarks: varied, about 300 lines, with conditions, lists, fees, scenarios that pass."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

NAME = {"family": "山田", "given": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ"}
HOME = {"postcode": "1630001", "prefecture": "東京都", "city": "新宿区", "street": "西新宿2-8-1", "building": ""}
DAY = "2026-05-01"
HALF, THIRD = 0.5, 0.3
BESIDE = 155
"""Lines of a spec that are not steps of many fields."""
SUBJECTS = ("店舗", "設備", "車両", "土地", "建物", "催し", "研修", "作業", "保管", "運搬", "広告", "撮影")

# What a field says beside its title, as lines, and an answer that it accepts.
KINDS: tuple[tuple[str, tuple[str, ...], Any], ...] = (
    ("text", ("type: string", "maxLength: 40"), "新宿第一"),
    ("code", ("type: string", 'pattern: "[A-Z]{2}[0-9]{4}"', "error: {ja: 形式が違います, en: Wrong form}"), "AB1234"),
    ("long", ("type: long_text", "rows: 4", "maxLength: 400"), "一行目\n二行目"),
    ("number", ("type: integer", "minimum: 0", "maximum: 500"), 12),
    ("area", ("type: number", "minimum: 0", "exclusiveMaximum: 10000"), 82.5),
    ("day", ("type: date", "minimum: 2000-01-01", "maximum: 2100-12-31"), "2026-06-01"),
    ("from_today", ("type: date", "minimum: today"), "2026-06-15"),
    ("yes_no", ("type: boolean",), True),
    (
        "choice",
        (
            "type: choice",
            "options:",
            "  first: {ja: 一種, en: First}",
            "  second: {ja: 二種, en: Second}",
            "  third: {ja: 三種, en: Third}",
        ),
        "first",
    ),
    (
        "choices",
        ("type: choices", "options:", "  land: {ja: 土地, en: Land}", "  house: {ja: 家屋, en: House}"),
        ["land"],
    ),
    ("mail", ("type: email",), "hanako@example.jp"),
    ("phone", ("type: phone",), "0353211111"),
    ("yen", ("type: yen", "maximum: 5000000"), 120_000),
    ("paper", ("type: file", "accept: [image/*, application/pdf]", "maxFiles: 3"), ["a1"]),
    ("name", ("type: person_name",), NAME),
    ("home", ("type: address", "prefecture: 東京都"), HOME),
)


@dataclass
class Spec:
    """One spec as it grows: the lines of its steps, the answers that fit, and which steps each set of answers sees."""

    number: int
    steps: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    optional_steps: list[str] = field(default_factory=list)
    step_ids: list[str] = field(default_factory=list)

    def add(self, step: str, when: str | None, fields: Iterator[tuple[str, list[str], Any]]) -> None:
        """One more step."""
        self.step_ids.append(step)
        self.steps += [f"  {step}:", f"    title: {{ja: 画面{step}, en: Page {step}}}"]
        if when:
            self.steps.append(f"    when: {when}")
            self.optional_steps.append(step)
        self.steps.append("    fields:")
        for name, lines, answer in fields:
            self.steps.append(f"      {name}:")
            self.steps += [f"        {line}" for line in lines]
            self.answers[name] = answer


def spec(number: int, lines: int = 300) -> str:
    """The text of a procedure `sample-<number>` of about so many lines; the same for the same number."""
    chance = Random(number)
    made = Spec(number)
    made.add("s0", None, _first(more=chance.random() < HALF))
    place = 1
    while len(made.steps) < lines - BESIDE:
        when = chance.choice([None, "wants_more", "busy", "wants_more and quantity > 3", "kind == 'first' or busy"])
        made.add(f"s{place}", when, _fields(chance, place))
        place += 1
    made.add("rows", None, _rows())
    return "\n".join([*_front(chance, number), *made.steps, *_back(made), ""])


def forty() -> str:
    """A spec whose first scenario answers forty questions: those of every kind twice, of an applicant, of two rows."""
    made = Spec(40)
    chance = Random(40)
    made.add("s0", None, _first())
    for place in (1, 2):
        made.add(f"s{place}", "wants_more" if place == 2 else None, _one_of_each(place))
    made.add("rows", None, _rows())
    return "\n".join([*_front(chance, 40), *made.steps, *_back(made), ""])


def _one_of_each(place: int) -> Iterator[tuple[str, list[str], Any]]:
    for kind, lines, answer in KINDS:
        yield f"f{place}_{kind}", [lines[0], f"title: {{ja: {kind}{place}, en: {kind} {place}}}", *lines[1:]], answer


def _front(chance: Random, number: int) -> list[str]:
    subject = chance.choice(SUBJECTS)
    return [
        f"id: sample-{number}",
        "version: 2026-04-01",
        f"title: {{ja: {subject}の届出{number}, en: Notice {number}}}",
        f"summary: {{ja: {subject}についての届出です。, en: A notice.}}",
        "bureau: sample",
        "audience: [resident, business]",
        "law: [見本条例第1条]",
        "sign_in: {required: true, assurance: basic}",
        "before_you_start:",
        "  minutes: 10",
        "  bring: [{ja: 図面, en: A plan}]",
        "conditions:",
        "  wants_more: more",
        f"  busy: quantity > {chance.randint(4, 9)} and wants_more",
        "  large: any(r.size > 100 for r in rows)",
        "  counted: count(r.own for r in rows) >= 1 or busy",
        "steps:",
    ]


def _first(*, more: bool = False) -> Iterator[tuple[str, list[str], Any]]:
    yield "applicant", ["type: person_name", "title: {ja: 申請者, en: Applicant}", "searchable: true"], NAME
    yield "address", ["type: address", "title: {ja: 住所, en: Address}"], HOME
    yield "more", ["type: boolean", "title: {ja: ほかにもありますか, en: Is there more?}"], True
    yield "quantity", ["type: integer", "title: {ja: 数量, en: Quantity}", "minimum: 1", "maximum: 99"], 12
    options = ["options:", "  first: {ja: 一種, en: First}", "  second: {ja: 二種, en: Second}"]
    yield "kind", ["type: choice", "title: {ja: 区分, en: Kind}", *options], "first"
    if more:
        yield "reason", ["type: long_text", "title: {ja: 理由, en: Reason}", "optional: true"], "事業のため"


def _fields(chance: Random, place: int) -> Iterator[tuple[str, list[str], Any]]:
    for position in range(chance.randint(3, 5)):
        kind, lines, answer = chance.choice(KINDS)
        more = [f"hint: {{ja: {kind}を入力してください。, en: Enter the {kind}.}}"] if chance.random() < THIRD else []
        name = f"f{place}_{position}_{kind}"
        yield (
            name,
            [lines[0], f"title: {{ja: 項目{place}の{position}, en: Item {place}.{position}}}", *lines[1:], *more],
            answer,
        )


def _rows() -> Iterator[tuple[str, list[str], Any]]:
    lines = [
        "type: array",
        "title: {ja: 明細, en: Rows}",
        "minItems: 1",
        "maxItems: 10",
        "items:",
        "  type: object",
        "  properties:",
        "    label: {type: string, title: {ja: 名称, en: Label}, maxLength: 30}",
        "    size: {type: number, title: {ja: 大きさ, en: Size}, minimum: 0}",
        "    own: {type: boolean, title: {ja: 自己所有ですか, en: Is it your own?}}",
        "    owner: {type: string, title: {ja: 所有者, en: Owner}, maxLength: 40, when: not own}",
        "    since: {type: date, title: {ja: 取得日, en: Since}, maximum: today, optional: true}",
    ]
    mine = {"label": "一号", "size": 120.5, "own": True, "since": "2020-04-01"}
    theirs = {"label": "二号", "size": 12, "own": False, "owner": "見本社"}
    yield "rows", lines, [mine, theirs]
    yield "confirmed", ["type: declaration", "title: {ja: 確認しました, en: Confirmed}"], True
    paper = ["type: file", "title: {ja: 添付, en: Paper}", "maxFiles: 2", "when: large and counted"]
    yield "plan", paper, ["a2"]


def _back(made: Spec) -> list[str]:
    without = {"more": False, "quantity": 2, "kind": "second", "rows": made.answers["rows"][1:]}
    always = [step for step in made.step_ids if step not in made.optional_steps]
    return [
        "fees:",
        "  due: submission",
        "  pay_by: add_days(today, 7)",
        "  lines:",
        *_line("basic", "len(rows)", 3000, None),
        *_line("extra", "per(quantity, 5)", 550, "busy"),
        "  waivers:",
        "    small: {title: {ja: 減額, en: Reduction}, law: 見本条例第9条, when: quantity < 3, percent: 50}",
        "review:",
        "  office: sample",
        "  standard_days: 10",
        "  stages:",
        "    check: {title: {ja: 審査, en: Check}, role: clerk}",
        "    decide: {title: {ja: 決裁, en: Decision}, role: approver}",
        "  refusal_reasons:",
        "    - {code: R1, title: {ja: 区域の外, en: Outside}, law: 見本条例第3条}",
        "  appeal: {ja: 不服がある場合は審査請求ができます。, en: You may request a review.}",
        "retention: {years: 5}",
        "scenarios:",
        *_scenario("すべて", made.answers, made.step_ids),
        *_scenario("少し", {**made.answers, **without}, always),
    ]


def _line(name: str, count: str, yen: int, when: str | None) -> list[str]:
    return [
        f"    {name}:",
        f"      title: {{ja: 手数料{name}, en: Fee {name}}}",
        "      law: 見本条例別表第1",
        '      account: "1201-03"',
        f"      count: {count}",
        *([f"      when: {when}"] if when else []),
        "      yen:",
        f"        - {{from: 2000-04-01, amount: {yen}}}",
        f"        - {{from: 2027-04-01, amount: {yen + 100}}}",
    ]


def _scenario(name: str, answers: dict[str, Any], steps: list[str]) -> list[str]:
    return [
        f"  - name: {name}",
        f"    on: {DAY}",
        "    answers:",
        *(f"      {key}: {json.dumps(answer, ensure_ascii=False)}" for key, answer in answers.items()),
        f"    expect: {{steps: [{', '.join(steps)}]}}",
    ]


def long_procedure(steps: int, fields: int) -> str:
    """Steps of which each asks what the one before opened, with so many fields in all."""
    each, more = divmod(fields, steps)
    lines = ["id: long", "version: 2026-04-01", "title: 長い手続", "bureau: sample"]
    lines += ["conditions:", *(f"  c{place}: f{place}_0 and not skip" for place in range(0, steps, 5)), "steps:"]
    lines += ["  start:", "    title: 始め", "    fields:"]
    lines += ["      skip: {type: boolean, title: 省く}"]
    for place in range(steps - 1):
        lines += _step_of_long(place, each + (place < more) - (place == 0))
    return "\n".join([*lines, "retention: {years: 1}", ""])


def _step_of_long(place: int, fields: int) -> list[str]:
    before = (place - 1) // 5 * 5
    whens = (None, f"f{place - 1}_0", f"c{before}", f"f{place - 1}_0 or c{before}", f"not skip and f{before}_0")
    when = None if place == 0 else whens[place % len(whens)]
    lines = [f"  s{place}:", f"    title: 画面{place}"]
    lines += [f"    when: {when}"] if when else []
    lines += ["    fields:", f"      f{place}_0: {{type: boolean, title: 有無}}"]
    more: tuple[Callable[[str], str], ...] = (
        lambda name: f"{name}: {{type: string, title: 名, maxLength: 40, when: f{place}_0}}",
        lambda name: f"{name}: {{type: integer, title: 数, minimum: 0, maximum: 99}}",
    )
    return lines + [f"      {more[field % 2](f'f{place}_{field}')}" for field in range(1, fields)]


def answers_to_long(steps: int, fields: int) -> dict[str, Any]:
    """Answers that see every step of `long_procedure`."""
    each, more = divmod(fields, steps)
    found: dict[str, Any] = {"skip": False}
    for place in range(steps - 1):
        found[f"f{place}_0"] = True
        for one in range(1, each + (place < more) - (place == 0)):
            found[f"f{place}_{one}"] = 7 if one % 2 else "見本"
    return found
