"""How far a spec speaks a language: every place is counted, also what comes from concepts."""

import pytest

from engine.checks.subject import Subject
from engine.checks.wordings import coverage
from engine.compiling import compile_procedure, load_concepts
from engine.problems import Report

CONCEPTS = """
applicant.sex: {type: choice, title: {ja: 性別, en: Sex, ko: 성별}, options: {m: {ja: 男, en: Male}, x: X}}
"""
SPEC = """
id: sample
version: 2026-04-01
title: {{ja: 見本, en: Sample, ko: 견본}}
{promise}bureau: sample
before_you_start: {{bring: [{{ja: 紙, en: Paper}}, A4]}}
steps:
  one:
    title: {{ja: 一, en: One, ko: 하나}}
    fields:
      sex: {{concept: applicant.sex}}
      title: {{concept: applicant.sex, title: {{ja: 題, en: Title, ko: 제목}}, options: {{a: {{ja: 甲, en: A}}}}}}
review:
  office: office
  standard_days: 5
  stages:
    check: {{title: {{ja: 審査, en: Check}}, role: clerk}}
    decide: {{title: {{ja: 決裁, en: Decision}}, role: approver}}
  refusal_reasons: [{{code: R1, title: {{ja: 理由, en: Reason, ko: 이유}}, law: 見本法第1条}}]
  appeal: {{ja: 不服, en: Appeal, ko: 불복}}
retention: {{years: 1}}
"""


def compiled(promise: str = "") -> Subject:
    concepts, problems = load_concepts(CONCEPTS, "concepts.yaml")
    assert not problems
    found = compile_procedure(SPEC.format(promise=promise), "sample.yaml", concepts)
    assert found.procedure is not None
    assert found.root is not None
    return Subject(found.procedure, found.root, Report("sample.yaml"))


def test_each_place_without_a_language_is_known() -> None:
    found = coverage(compiled(), "ko")
    assert [".".join(map(str, path)) for path in found.missing] == [
        "before_you_start.bring.0",
        "steps.one.fields.title.options.a",
        "steps.one.fields.sex.options.m",
    ]
    assert (found.there, found.total) == (8, 11)


@pytest.mark.parametrize(("language", "total"), [("en", 13), ("ja", 13), ("easy", 11), ("zh", 11)])
def test_staff_read_japanese_and_english(language: str, total: int) -> None:
    found = coverage(compiled(), language)
    assert found.total == total
    assert (len(found.missing) == 0) is (language in {"ja", "en"})


def test_a_promise_is_an_error_until_it_is_kept() -> None:
    concepts, _ = load_concepts(CONCEPTS, "concepts.yaml")
    found = compile_procedure(SPEC.format(promise="languages: [ja, en, ko]\n"), "sample.yaml", concepts)
    assert found.procedure is None
    assert [(problem.code, problem.severity) for problem in found.problems] == [("missing-wording", "error")] * 3
    kept = compile_procedure(SPEC.format(promise="languages: [ja, en]\n"), "sample.yaml", concepts)
    assert kept.procedure is not None
    assert [problem.code for problem in kept.problems] == ["missing-language"]


def test_a_promise_changes_nothing_but_itself() -> None:
    """The digest of a version without one is what it was before there were promises."""
    assert compiled().procedure.digest == compiled().procedure.digest
    assert compiled().procedure.digest != compiled("languages: [ja, en]\n").procedure.digest
