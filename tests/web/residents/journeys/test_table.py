"""The journeys of another engine's tests beside the checkout: each asserts something that one of our walks holds."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.tree import ROOT
from tests.web.residents.journeys.test_walks import WALKS

THEIRS = ROOT.parent / "shared" / "corpus" / "ons-eq-runner" / "journeys.dev.json"
TABLE: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "table.yaml").read_text(encoding="utf-8")
)
OURS = {(file.stem, walk["name"]) for file in WALKS for walk in yaml.safe_load(file.read_text(encoding="utf-8"))}


def test_every_line_names_a_walk() -> None:
    named = {tuple(line["walk"]) for lines in TABLE.values() for line in lines.values()}
    assert not named - OURS
    assert all(line["asserts"] for lines in TABLE.values() for line in lines.values())


def test_every_journey_has_a_line() -> None:
    if not THEIRS.exists():
        pytest.skip("corpus/ons-eq-runner does not lie beside the checkout")
    theirs = {(one["class"], one["test"]) for one in json.loads(THEIRS.read_text(encoding="utf-8"))}
    assert theirs == {(name, test) for name, lines in TABLE.items() for test in lines}
