"""The guards: code that says no. Each with the tests that must notice whatever is changed in it."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.house.tree import ROOT

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Guard:
    """A module, or some functions of it, and the tests that hold it."""

    file: str
    tests: tuple[str, ...]
    functions: frozenset[str] = frozenset()


def _guard(file: str, *tests: str, functions: str = "") -> Guard:
    return Guard(file, tuple(f"tests/{test}" for test in tests), frozenset(functions.split()))


DECISIONS = tuple(
    f"procedures/decisions/test_{name}.py" for name in ("decisions", "stages", "changing", "deputising", "race")
)

GUARDS = (
    _guard("engine/lifecycle.py", "engine/test_lifecycle.py"),
    _guard("procedures/authority/asking.py", "procedures/authority"),
    _guard("procedures/authority/table.py", "procedures/authority", "house/test_authority.py"),
    _guard("procedures/lifecycle.py", "procedures/test_lifecycle.py"),
    _guard("procedures/audit.py", "procedures/test_audit.py"),
    _guard("procedures/jobs.py", "procedures/test_jobs.py"),
    _guard("procedures/decisions/finding.py", "procedures/decisions/test_finding.py", *DECISIONS),
    _guard("procedures/papers/codes.py", "procedures/test_verifying.py", functions="normalise code_of code_hash"),
    _guard("procedures/papers/verifying.py", "procedures/test_verifying.py", "web/public/test_verify.py"),
    _guard(
        "procedures/papers/examining.py",
        *("procedures/papers/test_sound_seals.py", "procedures/test_verifying.py", "procedures/papers/test_sealing.py"),
    ),
    _guard("payments/ledger/posting.py", "payments/test_ledger.py", "payments/closing/test_open_days.py"),
    _guard("payments/settlement/judging.py", "payments/test_judging.py"),
    _guard(
        "payments/settlement/recording.py",
        "payments/test_recording.py",
        "payments/test_endings.py",
        "payments/test_races.py",
    ),
    _guard(
        "payments/settlement/outcomes.py",
        *("payments/test_outcomes.py", "payments/test_recording.py", "payments/test_endings.py"),
        "payments/charges/test_several.py",
    ),
    _guard("payments/providers/stripe/events.py", "payments/providers/test_events.py", "payments/test_webhooks.py"),
    _guard("payments/refunds/deciding.py", "payments/refunds/test_acts.py", "payments/refunds/test_refunds.py"),
    _guard("payments/discrepancies/deciding.py", "payments/discrepancies/test_two_people.py"),
    _guard(
        "web/access.py",
        *("web/platform/test_access.py", "web/platform/test_proof.py", "web/audit/test_looks.py"),
        "web/residents/test_businesses.py",
    ),
    _guard("web/security/csrf.py", "web/platform/test_csrf.py", "web/platform/test_hostile_input.py"),
    _guard("web/security/hosts.py", "web/platform/test_guards.py", "web/platform/test_errors.py"),
    _guard("web/security/pace.py", "web/platform/test_pace.py"),
    _guard("web/pages/local_paths.py", "web/platform/test_local_paths.py"),
)


def equivalent() -> dict[str, dict[str, str]]:
    """By file, the mutants that do what the code does, or nothing that matters, each with the reason why."""
    found: dict[str, dict[str, str]] = yaml.safe_load((HERE / "equivalent.yaml").read_text(encoding="utf-8")) or {}
    return found


def source(guard: Guard, root: Path = ROOT) -> str:
    """The text of its module."""
    return (root / guard.file).read_text(encoding="utf-8")
