"""A day written out as a limit holds just as one that is computed."""

from datetime import date

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.validation import check_submission

SPEC = """
id: born
version: 2026-04-01
title: {ja: 生まれた日, en: Born}
bureau: kankyo
audience: [resident]
law: [根拠]
draft: {days: 1}
steps:
  born:
    title: {ja: 生年月日, en: Born}
    fields:
      born: {type: date, title: {ja: 生年月日, en: Born}, minimum: 1900-01-01, exclusiveMaximum: 2026-05-01}
retention: {years: 1}
"""


@pytest.mark.parametrize(
    ("born", "keys"),
    [
        ("1899-12-31", ["errors.date_minimum"]),
        ("1900-01-01", []),
        ("2026-04-30", []),
        ("2026-05-01", ["errors.date_before"]),
    ],
)
def test_a_day_written_out_is_a_limit(born: str, keys: list[str]) -> None:
    procedure = compile_procedure(SPEC, "born.yaml", Concepts.empty()).procedure
    assert procedure
    assert [failure.key for failure in check_submission(procedure, {"born": born}, date(2026, 6, 1))] == keys
