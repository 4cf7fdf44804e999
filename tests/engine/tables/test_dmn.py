"""Decision tables that others published give in our language what their authors expect."""

import json
from decimal import Decimal
from typing import Any

import pytest

from engine.expressions import UNKNOWN, Scope
from tests.engine.language.specs import compiled
from tests.engine.tables.dmn import CORPUS, Sample, samples
from tests.engine.tables.samples import TODAY

FOUND = list(samples()) if CORPUS.is_file() else []
READ = [sample for _, sample in FOUND if isinstance(sample, Sample)]

pytestmark = pytest.mark.skipif(
    not FOUND, reason=f"{CORPUS} is not there: the published tables are not part of this project"
)


@pytest.mark.parametrize("sample", READ, ids=lambda sample: sample.name)
def test_a_published_table_gives_what_its_cases_expect(sample: Sample) -> None:
    fields = [f"{name}: {{type: {kind}, title: 入力}}" for name, kind in sample.fields.items()]
    # Others leave gaps, which we refuse: what matches no row is said to be nothing.
    given = sample.table["rows"][0]["give"]
    otherwise = {"give": dict.fromkeys(given, "–") if isinstance(given, dict) else "–"}
    value = json.dumps({"table": {**sample.table, "otherwise": otherwise}})
    found = compiled(*fields, more=f"calculated:\n  it: {value}\n")
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    assert sample.cases
    for number, inputs, expected in sample.cases:
        known = {name: Decimal(str(one)) if isinstance(one, float) else one for name, one in inputs.items()}
        said = found.procedure.calculated["it"].evaluate(Scope(known, TODAY))
        assert said is not UNKNOWN
        assert _plain(said) == expected, number


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def test_nothing_is_left_out_but_for_a_stated_reason(capsys: pytest.CaptureFixture[str]) -> None:
    left_out = {name: why for name, why in FOUND if isinstance(why, str)}
    with capsys.disabled():
        print(f"\n{len(READ)} of {len(FOUND)} published tables, {sum(len(one.cases) for one in READ)} cases")  # noqa: T201
        for name, why in left_out.items():
            print(f"  left out: {name}: {why}")  # noqa: T201
    assert all(why.startswith(("FEEL", "hit policy", "priority over", "the input")) for why in left_out.values())
    assert len(READ) >= 5
