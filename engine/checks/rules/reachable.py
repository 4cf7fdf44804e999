"""Every step, field, option, rule, fee line and waiver can come up: no condition contradicts itself or others."""

from engine.checks.subject import Condition, Path, Subject
from engine.problems import Code

NEVER_SHOWN = Code("never-shown", example="when: age > 20 and age < 10")

WHAT = {
    "step": {"ja": "画面", "en": "step"},
    "field": {"ja": "項目", "en": "field"},
    "option": {"ja": "選択肢", "en": "option"},
    "fee_line": {"ja": "手数料", "en": "fee line"},
    "stop": {"ja": "打切り", "en": "stop"},
    "warning": {"ja": "注意", "en": "warning"},
    "waiver": {"ja": "減免", "en": "waiver"},
}


def check(subject: Subject) -> None:
    """Report the outermost thing that can never come up, not again what stands inside it."""
    dead: list[Path] = []
    for condition in subject.conditions:
        owner = condition.path[:-1]
        if any(owner[: len(path)] == path for path in dead):
            continue
        if not subject.reasoner.possible(condition.demands):
            dead.append(owner)
            _report(subject, condition)


def _report(subject: Subject, condition: Condition) -> None:
    subject.problem(NEVER_SHOWN, condition.path, what=WHAT[condition.what], condition=condition.demands[-1][0].source)
