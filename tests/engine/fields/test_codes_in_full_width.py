"""A code typed in full width is read as the code it is; names and addresses stay as they were typed."""

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.validation import read_fields

SPEC = """
id: codes
version: 2026-04-01
title: {ja: 番号, en: Code}
bureau: kankyo
audience: [resident]
law: [根拠]
draft: {days: 1}
steps:
  codes:
    title: {ja: 番号, en: Code}
    fields:
      code: {type: string, title: {ja: 番号, en: Code}, pattern: "[0-9]{3}-[0-9]{2}"}
      kana: {type: string, title: {ja: カナ, en: Kana}, pattern: "[ァ-ヶー　]+"}
      free: {type: string, title: {ja: 自由, en: Free}}
retention: {years: 1}
"""


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("code", "１２３－４５", "123-45"),
        ("code", "１２３ ー ４５", "123-45"),
        ("code", "１２３", "１２３"),
        ("code", "\ud800１", "\ud800１"),
        ("kana", "アパート　ー", "アパート　ー"),
        ("free", "１２３－４５", "１２３－４５"),
    ],
)
def test_only_a_code_is_taken_in_half_width(name: str, typed: str, read: str) -> None:
    procedure = compile_procedure(SPEC, "codes.yaml", Concepts.empty()).procedure
    assert procedure
    assert read_fields([procedure.fields[name]], {name: [typed]}).answers == {name: read}
