"""What changed is told in words, with its place and what it means for drafts."""

import json

import pytest
from hypothesis import given, settings

from engine.model import Procedure
from engine.versions.comparing import Change, compare
from engine.versions.moving import migrate_answers
from engine.versions.rendering import render_json, render_text
from tests.engine.versions.amending import NEW, OLD, TODAY, amended, procedure
from tests.engine.versions.strategies import ANSWERS, versions

SOURCE = """\
id: sample
version: 2026-04-01
title: {ja: 見本, en: Sample}
bureau: sample
sign_in: {required: true, assurance: basic}
conditions:
  many: copies > 3
steps:
  first:
    title: {ja: 申請する方, en: You}
    fields:
      tel: {type: phone, title: {ja: 電話番号, en: Phone}}
      name: {type: text, title: {ja: 名前, en: Name}, maxLength: 40}
      copies: {type: integer, title: {ja: 枚数, en: Copies}, minimum: 1}
      more: {type: text, title: {ja: 詳しく, en: More}, when: copies > 1, optional: true}
      born: {type: date, title: {ja: 生まれた日, en: Born}, maximum: today}
      way:
        type: choice
        title: {ja: 受取方法, en: How}
        options:
          post: {ja: 郵送, en: By post}
          counter: {ja: 窓口, en: Counter}
  second:
    title: {ja: 書類, en: Papers}
    when: many
    fields:
      paper: {type: file, title: {ja: 書類, en: Paper}, maxFiles: 3}
      agree: {type: declaration, title: {ja: 同意します, en: I agree}}
fees:
  due: submission
  lines:
    copy:
      title: {ja: 写し, en: Copy}
      law: 条例
      account: "1201"
      count: copies
      yen: [{from: 2020-04-01, amount: 300}]
review:
  office: hokenjo
  standard_days: 10
  stages:
    decide: {title: {ja: 決裁, en: Decision}, role: approver}
  refusal_reasons: [{code: R1, title: {ja: 不備, en: Incomplete}, law: 条例}]
  appeal: {ja: 教示, en: Appeal}
retention: {years: 5}
draft: {days: 30}
"""


def changes(*replacements: tuple[str, str]) -> list[Change]:
    return list(compare(procedure(SOURCE), amended(SOURCE, *replacements)).changes)


@pytest.mark.parametrize(
    ("old", "new", "kind", "path", "drafts", "japanese", "english"),
    [
        ("title: {ja: 電話番号, en: Phone}", "title: {ja: 連絡先, en: Phone}", "wording",
         "steps.first.fields.tel.title", "none", "質問を変えました: 電話番号 → 連絡先", "the question reworded"),
        ("      tel: {type: phone, ", "      phone: {was: tel, type: phone, ", "renamed",
         "steps.first.fields.phone", "kept", "名前を tel から phone に変えました", "renamed from tel to phone"),
        ("      tel: {type: phone, title: {ja: 電話番号, en: Phone}}\n", "", "removed",
         "steps.first.fields.tel", "unused", "なくしました", "removed"),
        ("      copies: {", "      mail: {type: email, title: {ja: メール, en: Mail}}\n      copies: {", "added",
         "steps.first.fields.mail", "asked", "追加しました", "added"),
        ("      copies: {", "      mail: {type: email, title: {ja: メール, en: Mail}, optional: true}\n      copies: {",
         "added", "steps.first.fields.mail", "none", "追加しました", "added"),
        ("maxLength: 40", "maxLength: 20", "tightened",
         "steps.first.fields.name.maxLength", "fits", "最大文字数がきびしくなりました: 40 → 20", "stricter: 40 → 20"),
        ("maxLength: 40", "maxLength: 50", "loosened",
         "steps.first.fields.name.maxLength", "none", "最大文字数がゆるくなりました: 40 → 50", "lenient: 40 → 50"),
        (", maxLength: 40", "", "loosened",
         "steps.first.fields.name.maxLength", "none", "ゆるくなりました: 40 → なし", "lenient: 40 → none"),
        ("minimum: 1", "minimum: 2", "tightened", "steps.first.fields.copies.minimum", "fits", "1 → 2", "1 → 2"),
        ("maximum: today", 'maximum: "add_days(today, 1)"', "formula",
         "steps.first.fields.born.maximum", "fits", "今日 → ", "today → "),
        ("type: text, title: {ja: 名前", "type: long_text, title: {ja: 名前", "type",
         "steps.first.fields.name.type", "fits", "答え方を変えました", "asked in another way"),
        ("type: phone", "type: date", "type",
         "steps.first.fields.tel.type", "asked", "→ 日付", "→ A date"),
        ("when: copies > 1", "when: copies > 2", "formula", "steps.first.fields.more.when", "path",
         "「枚数」が1を超える → 「枚数」が2を超える", "“Copies” is more than 1 → “Copies” is more than 2"),
        ("optional: true", "optional: false", "made_required",
         "steps.first.fields.more.optional", "unanswered", "必ず答えるようになりました", "must now be answered"),
        ("minimum: 1}", "minimum: 1, optional: true}", "made_optional",
         "steps.first.fields.copies.optional", "none", "答えなくてもよくなりました", "may now be left unanswered"),
        ("post: {ja: 郵送, en: By post}", "mail: {title: {ja: 郵送, en: By post}, was: post}", "renamed",
         "steps.first.fields.way.options.mail", "kept", "post から mail", "from post to mail"),
        ("          post: {ja: 郵送, en: By post}\n", "", "removed",
         "steps.first.fields.way.options.post", "fits", "なくしました", "removed"),
        ("counter: {ja: 窓口, en: Counter}", "counter: {ja: 窓口, en: Counter}\n          mail: メール", "added",
         "steps.first.fields.way.options.mail", "none", "追加しました", "added"),
        ("maxFiles: 3", "maxFiles: 1", "tightened",
         "steps.second.fields.paper.maxFiles", "fits", "最大の件数がきびしくなりました: 3 → 1", "3 → 1"),
        ("ja: 同意します", "ja: すべてに同意します", "wording",
         "steps.second.fields.agree.title", "asked", "同意します → すべてに同意します", "the question reworded"),
        ("many: copies > 3", "many: copies > 4", "formula", "conditions.many", "path", "3を超える → ", "more than 4"),
        ("    when: many\n", "    when: many and copies < 9\n", "formula",
         "steps.second.when", "path", "通る条件", "on the way when"),
        ("  second:\n", "  papers:\n    was: second\n", "renamed",
         "steps.papers", "kept", "second から papers", "from second to papers"),
        ("amount: 300}", "amount: 300}, {from: 2026-10-01, amount: 1350}", "rate_added",
         "fees.lines.copy.yen.2026-10-01", "fee", "2026-10-01から1,350円（それまでは300円）", "1,350 yen"),
        ("amount: 300}", "amount: 400}", "rate_changed",
         "fees.lines.copy.yen.2020-04-01", "fee", "300円 → 400円", "300 yen → 400 yen"),
        ("count: copies", "count: copies + 1", "formula", "fees.lines.copy.count", "fee", "数量", "the count"),
        ("due: submission", "due: approval", "value", "fees.due", "fee", "納める時期", "when it is due"),
        ("office: hokenjo", "office: kankyo", "value", "review.office", "applies", "hokenjo → kankyo", "the office"),
        ("standard_days: 10", "standard_days: 7", "value", "review.standard_days", "applies", "10 → 7", "10 → 7"),
        ("ja: 教示", "ja: 三か月以内に", "wording", "review.appeal", "none", "教示を変えました", "the notice"),
        ("assurance: basic", "assurance: high", "value", "sign_in.assurance", "sign_in", "basic → high", "→ high"),
        ("years: 5", "years: 10", "value", "retention_years", "applies", "保存期間（年）: 5 → 10", "kept for (years)"),
        ("days: 30", "days: 14", "value", "draft_days", "time", "30 → 14", "30 → 14"),
        ("days: 30", "days: 30, grace_days: 7", "value", "draft_grace_days", "time", "0 → 7", "0 → 7"),
    ],
)  # fmt: skip
def test_one_change_is_told_once(
    old: str, new: str, kind: str, path: str, drafts: str, japanese: str, english: str
) -> None:
    [change] = changes((old, new))
    assert (change.kind, change.path, change.drafts) == (kind, path, drafts)
    assert japanese in change.say("ja")
    assert english in change.say("en")


def test_a_fee_line_and_a_whole_section_come_and_go() -> None:
    fees, review = SOURCE.index("fees:"), SOURCE.index("review:")
    without = procedure((SOURCE[:fees] + SOURCE[review:]).replace(OLD, NEW))
    for one, other, kind in ((procedure(SOURCE), without, "removed"), (without, procedure(SOURCE), "added")):
        [change] = compare(one, other).changes
        assert (change.kind, change.path, change.drafts) == (kind, "fees", "fee")
    line = '    post: {title: 送料, law: 条例, account: "1", yen: [{from: 2020-04-01, amount: 1}]}\n'
    [added] = changes(("  lines:\n", f"  lines:\n{line}"))
    assert (added.kind, added.path, added.say("ja")) == ("added", "fees.lines.post", "追加しました")
    assert added.spot.names[-1].say("ja") == "手数料「送料」"


def test_a_field_that_moved_to_another_step_is_not_gone() -> None:
    line = "      tel: {type: phone, title: {ja: 電話番号, en: Phone}}\n"
    [change] = changes((line, ""), ("      agree:", f"{line}      agree:"))
    assert (change.kind, change.path) == ("moved_step", "steps.second.fields.tel")
    assert change.say("en") == "moved from the step “You” to the step “Papers”"


def test_as_few_moves_are_told_as_there_are() -> None:
    line = "      tel: {type: phone, title: {ja: 電話番号, en: Phone}}\n"
    [change] = changes((line, ""), ("      way:", f"{line}      way:"))
    assert (change.kind, change.path) == ("moved", "steps.first.fields.tel")


def test_a_removed_step_takes_its_fields_with_it() -> None:
    start, end = SOURCE.index("  second:"), SOURCE.index("fees:")
    new = procedure((SOURCE[:start] + SOURCE[end:]).replace(OLD, NEW).replace("conditions:\n  many: copies > 3\n", ""))
    found = [(one.kind, one.path, one.drafts) for one in compare(procedure(SOURCE), new).changes]
    assert found == [
        ("removed", "conditions.many", "path"),
        ("removed", "steps.second", "path"),
        ("removed", "steps.second.fields.paper", "unused"),
        ("removed", "steps.second.fields.agree", "unused"),
    ]


@pytest.mark.parametrize(
    ("day", "content", "verdict"),
    [
        (OLD, "maxLength: 40", "same"),
        (OLD, "maxLength: 41", "same_version"),
        (NEW, "maxLength: 40", "newer"),
        (NEW, "maxLength: 41", "newer"),
        ("2026-01-01", "maxLength: 41", "earlier"),
    ],
)
def test_whether_it_can_be_published(day: str, content: str, verdict: str) -> None:
    comparison = compare(procedure(SOURCE), amended(SOURCE, ("maxLength: 40", content), day=day))
    assert comparison.verdict == verdict
    assert comparison.publishable is (verdict in {"same", "newer"})
    assert bool(comparison.changes) is ("41" in content)


def test_what_only_publishing_sees_is_said_too() -> None:
    """What is written out is as it was left to the default: another content, and no difference."""
    written = procedure(SOURCE.replace("retention:", "audience: [resident]\nretention:"))
    [change] = compare(procedure(SOURCE), written).changes
    assert (change.kind, change.drafts) == ("unsaid", "none")


@pytest.mark.parametrize(
    ("language", "moves", "stay"), [("ja", "新しい版に移", "のまま進みます"), ("en", "move", "stay on")]
)
def test_the_report_ends_with_what_becomes_of_drafts_and_cases(language: str, moves: str, stay: str) -> None:
    new = amended(SOURCE, ("maxLength: 40", "maxLength: 20"), ("days: 30", "days: 30, grace_days: 14"))
    told = render_text(compare(procedure(SOURCE), new), language)
    *_, drafts, cases = told.splitlines()
    assert "2026-10-15" in drafts
    assert moves in drafts
    assert stay in cases
    assert OLD in cases
    assert json.loads(render_json(compare(procedure(SOURCE), new), language))["drafts_move_on"] == "2026-10-15"


KEEPS = {"none", "kept", "path"}


@settings(deadline=None, max_examples=200)
@given(versions(), ANSWERS)
def test_the_effect_that_is_told_is_what_happens_to_drafts(
    both: tuple[Procedure, Procedure], answers: dict[str, object]
) -> None:
    """Where nothing worse than “kept” is told of a field, no answer to it is set aside."""
    old, new = both
    found = compare(old, new)
    told = [(change.path.split(".")[3], change.drafts) for change in found.changes if ".fields." in change.path]
    harmed = {name for name, effect in told if effect not in KEEPS}
    for one in migrate_answers(old, new, answers, TODAY).dropped:
        if one.field:
            heir = next((field.id for field in new.fields.values() if field.was == one.source[0]), one.source[0])
            known = one.source[-1] != "?"
            assert not known or harmed & {str(one.source[0]), str(heir)}, (one, told)
