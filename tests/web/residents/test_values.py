"""What is calculated from the answers is shown where its author wants it, and kept as what was seen."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Submission
from tests.web.residents.applicant import Applicant

SPEC = """\
id: sheets
version: 2026-04-01
title: {ja: 写しの交付, en: Copies, easy: コピー}
bureau: hokeniryo
law: [試験条例第1条]
calculated:
  pages:
    title: {ja: ページ数, en: Pages, easy: ページの 数}
    unit: {ja: 枚, en: sheets, easy: 枚}
    show: [two]
    value: copies * 1000
  many: {title: {ja: 大量の申請, en: Large order, easy: たくさん}, show: true, value: pages > 3000}
steps:
  one:
    title: {ja: 部数, en: How many, easy: いくつ}
    fields:
      copies: {type: integer, title: {ja: 部数, en: Copies, easy: いくつ}, minimum: 1}
  two:
    title: {ja: 連絡先, en: Contact, easy: れんらく}
    fields:
      memo: {type: text, title: {ja: メモ, en: Memo, easy: メモ}}
review:
  office: hokenjo
  standard_days:
    table: {on: [many], rows: [{many: true, give: 20}, {many: false, give: 5}]}
  stages:
    check: {title: {ja: 審査, en: Check}, role: clerk}
    decide: {title: {ja: 決裁, en: Decision}, role: approver}
  refusal_reasons: [{code: R1, title: {ja: 要件を満たさない, en: Not met}, law: 試験条例第2条}]
  appeal: {ja: 審査請求ができます。, en: You may appeal.}
retention: {years: 1}
"""


@pytest.fixture
def sheets(database: Database, now: datetime, published: None) -> None:
    with database.write() as session:
        library.publish(session, SYSTEM, now, SPEC, "sheets.yaml", "")


def test_on_a_step_on_the_check_page_and_in_what_was_seen(
    sheets: None, applicant: Callable[..., Applicant], database: Database
) -> None:
    hana = applicant("hanako")
    hana.open("/procedures/sheets")
    assert "5〜20日程度" in hana.main
    hana.start("sheets")
    assert "ページ数" not in hana.main
    hana.send({"copies": "4"})
    assert "ページ数 4,000枚" in hana.main
    hana.send({"memo": "至急"})
    assert "ページ数 4,000枚" in hana.main
    assert "計算した内容 大量の申請 はい" in hana.main
    hana.send()
    with database.read() as session:
        seen = session.scalar(select(Submission.seen))
    assert '["ページ数", ["4,000枚"]]' in seen
    assert '["大量の申請", ["はい"]]' in seen
