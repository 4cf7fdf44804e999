"""Every example of the pages on writing compiles, in the place that is said above it, and its scenarios come true."""

import pytest

from engine.compiling import Tariffs, compile_procedure, load_concepts, load_tariffs
from engine.language.procedure import PROCEDURE
from engine.problems import Problem
from engine.scenarios import run
from tests.docs.pages import Example, examples, with_parts, within
from tests.house.tree import ROOT, expect_none

DICTIONARY = (ROOT / "procedure_specs" / "concepts.yaml").read_text(encoding="utf-8")
CONCEPTS, _ = load_concepts(DICTIONARY, "concepts.yaml")
PAGES = [ROOT / "docs" / "writing-procedures.md", *sorted((ROOT / "docs" / "writing").glob("*.md"))]
EXAMPLES = [one for page in PAGES for one in examples(page) if one.language == "yaml"]
AROUND = """\
id: sample
version: 2026-04-01
title: 見本
bureau: sample
audience: [resident]
law: [見本条例]
retention: {years: 1}
steps:
  one:
    title: 一
    fields:
      something: {type: boolean, title: 何か}
"""
FIELDS = "steps:\n  one:\n    title: 一\n    fields:\n      …\n"


def is_whole_part(text: str) -> bool:
    """Whether an example begins with a part of a procedure; otherwise it is fields."""
    first = next(line for line in text.splitlines() if not line.startswith("#"))
    return first.split(":", 1)[0] in PROCEDURE.keys


def problems(example: Example) -> list[Problem]:
    """What is wrong with an example where it stands, its scenarios included."""
    match example.verb:
        case "concepts":
            return list(load_concepts(f"{DICTIONARY}\n{example.text}", example.page)[1])
        case "tariff":
            return list(load_tariffs({"tariffs/sample.yaml": example.text.encode()})[1])
    skeleton = example.about or ("…" if is_whole_part(example.text) else FIELDS)
    spec = with_parts(AROUND, within(skeleton, example.text))
    compiled = compile_procedure(spec, example.page, CONCEPTS, Tariffs.empty())
    ran = run(compiled.procedure).problems if compiled.procedure else ()
    return [problem for problem in (*compiled.problems, *ran) if problem.severity == "error"]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_is_right(example: Example) -> None:
    expect_none([problem.render("en") for problem in problems(example)])
