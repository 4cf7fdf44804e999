"""Stripe's SDK takes half a second to import: nothing loads it before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

PARTS = [
    "charges",
    "cases",
    "webhooks",
    "jobs",
    "today",
    "story",
    "reconciliation",
    "doctor",
    "providers.stripe",
    "sandbox",
]


@pytest.mark.parametrize("part", PARTS)
def test_importing_payments_does_not_import_the_sdk(part: str) -> None:
    program = f"import sys, payments.{part}; sys.exit('stripe' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
