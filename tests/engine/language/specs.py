"""Small specs for tests: whole files from `tests/specs`, and pieces put together."""

import re

from engine.compiling import Compiled, Concepts, compile_procedure, load_tariffs
from engine.model import Procedure
from tests.house.tree import ROOT

SPECS = ROOT / "tests" / "specs"
MISTAKES = sorted((SPECS / "mistakes").glob("*.yaml"))
FEATURES = sorted((SPECS / "features").glob("*.yaml"))
TARIFFS = {f"tariffs/{path.name}": path.read_bytes() for path in SPECS.glob("features/tariffs/*.yaml")}
REAL_TARIFFS = {f"tariffs/{path.name}": path.read_bytes() for path in ROOT.glob("procedure_specs/tariffs/*.yaml")}
RATES, _ = load_tariffs(TARIFFS | REAL_TARIFFS)
"""The amounts that the features and the real procedures share."""

TEMPLATES = {f"templates/{path.name}": path.read_text(encoding="utf-8") for path in SPECS.glob("templates/*.typ")}
"""What the mistakes name; one of them has mistakes of its own."""

REAL = sorted(path for path in (ROOT / "procedure_specs").glob("*/*.yaml") if path.parent.name != "tariffs")
CONCEPTS = ROOT / "procedure_specs" / "concepts.yaml"

MARK = re.compile(r"# <- (?P<code>[a-z0-9-]+)")
"""How a spec of mistakes says what is found on a line."""

FRONT = """\
id: sample
version: 2026-04-01
title: {ja: 見本, en: Sample}
bureau: sample
retention: {years: 1}
"""


def expected(source: str) -> set[tuple[int, str]]:
    """Line and code of each mark."""
    return {
        (number, match["code"]) for number, line in enumerate(source.splitlines(), 1) for match in MARK.finditer(line)
    }


def spec(*fields: str, more: str = "") -> str:
    """A procedure of one step with these fields, each a line such as `age: {type: integer, title: 年齢}`."""
    asked = "".join(f"      {field}\n" for field in fields)
    return f"{FRONT}{more}steps:\n  one:\n    title: {{ja: 一, en: One}}\n    fields:\n{asked}"


def compiled(*fields: str, more: str = "", concepts: Concepts | None = None) -> Compiled:
    """What comes of such a procedure."""
    return compile_procedure(spec(*fields, more=more), "spec.yaml", concepts or Concepts.empty())


def procedure(*fields: str, more: str = "", concepts: Concepts | None = None) -> Procedure:
    """The procedure; it must have no errors."""
    found = compiled(*fields, more=more, concepts=concepts)
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


def codes(found: Compiled) -> list[str]:
    """The codes of its errors, in reading order."""
    return [problem.code for problem in found.problems if problem.severity == "error"]


def first_error(found: Compiled) -> str:
    """What the first error says, in English."""
    return next(problem.render("en") for problem in found.problems if problem.severity == "error")
