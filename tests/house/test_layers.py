"""Imports go one way only, and the engine depends on nothing but its arguments."""

import pytest

from tests.house import layers
from tests.house.tree import Module, expect_none, modules


def test_imports_go_down_the_layers_only() -> None:
    expect_none(layers.wrong_ways(modules()))


def test_the_engine_is_pure() -> None:
    expect_none(layers.impurities(modules(["engine"])))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("engine/a.py", "import web"),
        ("engine/a.py", "from procedures.models import Base"),
        ("procedures/a.py", "def f():\n    from payments import charges"),
        ("payments/a.py", "import web.settings as s"),
    ],
)
def test_an_import_up_the_layers_is_found(path: str, text: str) -> None:
    assert len(layers.wrong_ways([Module(path, text)])) == 1


def test_imports_down_the_layers_are_fine() -> None:
    assert not layers.wrong_ways([Module("web/a.py", "import engine, payments.charges\nfrom procedures import cases")])


@pytest.mark.parametrize(
    "text",
    [
        "import flask",
        "import sqlalchemy.orm",
        "from urllib.request import urlopen",
        "import os",
        "from datetime import date\ndate.today()",
        "from datetime import datetime, UTC\ndatetime.now(UTC)",
        "open('a')",
        "print(1)",
    ],
)
def test_an_impurity_is_found(text: str) -> None:
    assert len(layers.impurities([Module("engine/a.py", text)])) == 1


def test_arithmetic_on_dates_is_pure() -> None:
    text = "import re2, yaml\nfrom datetime import date\ndate(2026, 4, 1)\ndate.fromisoformat('2026-04-01')"
    assert not layers.impurities([Module("engine/a.py", text)])
