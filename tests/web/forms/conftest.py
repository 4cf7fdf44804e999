"""Small procedures, compiled from a few lines of YAML."""

from collections.abc import Callable
from textwrap import dedent, indent

import pytest

from engine.compiling import compile_procedure, load_concepts
from engine.model import Procedure

FRAME = """\
id: trial
version: 2026-04-01
title: {{ja: ためし, en: Trial, easy: ためし}}
bureau: soumu
audience: [resident]
law: [試行条例第1条]
sign_in: {{required: false, assurance: basic}}
before_you_start: {{minutes: 1}}
draft: {{days: 7}}
retention: {{years: 1}}
{conditions}
steps:
  only:
    title: {{ja: 一つだけ, en: Only one, easy: ひとつ}}
    fields:
{fields}
"""
CONCEPTS = """\
applicant.name: {type: person_name, title: {ja: 氏名, en: Name}, privacy: identifying, autocomplete: name}
applicant.birth: {type: date, title: {ja: 生年月日, en: Birth}, privacy: identifying, autocomplete: bday}
applicant.email: {type: email, title: {ja: メール, en: E-mail}, privacy: contact, autocomplete: email}
applicant.address: {type: address, title: {ja: 住所, en: Address}, privacy: contact, autocomplete: street-address}
"""


@pytest.fixture
def compiled() -> Callable[..., Procedure]:
    """`compiled(fields, conditions)`: a procedure of one step with these fields."""
    concepts, _ = load_concepts(CONCEPTS, "concepts.yaml")

    def build(fields: str, conditions: str = "") -> Procedure:
        source = FRAME.format(fields=indent(dedent(fields), "      "), conditions=dedent(conditions))
        result = compile_procedure(source, "trial.yaml", concepts)
        assert result.procedure is not None, [problem.render("en") for problem in result.problems]
        return result.procedure

    return build
