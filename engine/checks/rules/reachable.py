"""Every step, field, option, rule, fee line and waiver can come up: no condition contradicts itself or others."""

from engine.checks.reasoning.below import below_names
from engine.checks.subject import Condition, Path, Subject
from engine.problems import Code

ALWAYS = Code("always-true", example="age: {minimum: 18, …} … when: age >= 18", severity="warning")
NEVER_SHOWN = Code("never-shown", example="when: age > 20 and age < 10")

WHAT = {
    "step": {"ja": "画面", "en": "step"},
    "field": {"ja": "項目", "en": "field"},
    "option": {"ja": "選択肢", "en": "option"},
    "fee_line": {"ja": "手数料", "en": "fee line"},
    "stop": {"ja": "打切り", "en": "stop"},
    "warning": {"ja": "注意", "en": "warning"},
    "waiver": {"ja": "減免", "en": "waiver"},
    "certificate": {"ja": "証明書", "en": "certificate"},
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
            _report(subject, NEVER_SHOWN, condition)
        elif _surely_known(subject, condition) and subject.reasoner.certain(condition.demands):
            _report(subject, ALWAYS, condition)


def _surely_known(subject: Subject, condition: Condition) -> bool:
    """Whether it rests only on answers that everybody gives: of others it also asks whether they were given."""
    expression, _ = condition.demands[-1]
    fields = {placed.field.path: placed for placed in subject.fields}
    below = below_names(expression.syntax.tree, subject.procedure.named)
    return all(name in fields and fields[name].field.optional is False and not fields[name].demands for name in below)


def _report(subject: Subject, code: Code, condition: Condition) -> None:
    subject.problem(code, condition.path, what=WHAT[condition.what], condition=condition.demands[-1][0].source)
