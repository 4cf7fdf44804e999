"""Stripe's SDK takes half a second to import: nothing loads it before it is needed."""

import subprocess
import sys
from pathlib import Path

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


def test_importing_payments_does_not_import_the_sdk() -> None:
    """One after the other in one process; the first that does is named."""
    program = "\n".join(
        [
            "import sys",
            *(f"import payments.{part}; 'stripe' in sys.modules and sys.exit('{part} imports it')" for part in PARTS),
        ]
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
