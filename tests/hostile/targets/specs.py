"""Specs: checked, told in words, and where they compile answered with odd things."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from zlib import crc32

from engine.problems import render_text
from engine.submission_schema import submission_schema
from engine.tree import check_tree
from engine.validation import check_submission
from tests.hostile.files import HOSTILE
from tests.hostile.target import Attack, Target
from tests.house.tree import ROOT

TODAY = date(2026, 5, 1)
SMALL = 5_000  # bytes of a hostile file that is spoiled further
ODD_ANSWERS = [
    *(None, True, 0, -1, 1.5, 10**30, "", "x" * 5000, "\ud800", "2026-02-30"),
    *([], [None], [[]], {}, {"a": 1}, [{}], [{"a": []}]),
]


def seeds() -> list[bytes]:
    """Every spec there is, right, wrong and hostile."""
    files = sorted([*(ROOT / "tests" / "specs").rglob("*.yaml"), *(ROOT / "procedure_specs").rglob("*.yaml")])
    hostile = [
        made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
        for made in (one() for one in HOSTILE.values())
    ]
    return [*(file.read_bytes() for file in files), *(one for one in hostile if len(one) < SMALL)]


def attack(source: bytes) -> frozenset[str]:
    """Check it, and where it compiles answer it with odd things. The codes of its problems."""
    chance = Random(crc32(source))
    report = check_tree({"sample.yaml": source})
    render_text(report.problems, chance.choice(["ja", "en"]))
    for procedure in report.procedures.values():
        submission_schema(procedure)
        answers = {name: chance.choice(ODD_ANSWERS) for name in procedure.fields}
        for scenario in procedure.scenarios[:1]:
            answers |= {name: answer for name, answer in scenario.answers.items() if chance.random() < 0.7}
        for failure in check_submission(procedure, answers, TODAY):
            failure.say(chance.choice(["ja", "easy", "en"]))
    return frozenset(problem.code for problem in report.problems)


@contextmanager
def opened() -> Iterator[Attack]:
    """Needs nothing."""
    yield attack


TARGET = Target(seeds, opened, few=600)
