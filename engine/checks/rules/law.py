"""Taking money and refusing rest on law, and the law is named."""

from engine.checks.subject import Path, Subject
from engine.problems import Code

NO_LAW = Code("no-law", example="lines: {registration: {title: 登録手数料, account: …}}      # no law")

WAIVING = {"ja": "減免すること", "en": "taking less money"}
NOT_WAIVING = {"ja": "減免を認めないこと", "en": "refusing to take less money"}
MONEY = {"ja": "お金をいただくこと", "en": "taking money"}
REFUSAL = {"ja": "不許可にすること", "en": "refusing"}


def check(subject: Subject) -> None:
    """Each fee line, each reduction and each ground for refusal names its provision."""
    procedure = subject.procedure
    for line in procedure.fees.lines if procedure.fees else ():
        if not line.law:
            _report(subject, ("fees", "lines", line.id, "law"), MONEY)
    for waiver in procedure.fees.waivers if procedure.fees else ():
        if not waiver.law:
            _report(subject, ("fees", "waivers", waiver.id, "law"), WAIVING)
        for index, reason in enumerate(waiver.decision.reasons if waiver.decision else ()):
            if not reason.law:
                _report(subject, ("fees", "waivers", waiver.id, "decision", "reasons", index, "law"), NOT_WAIVING)
    for index, reason in enumerate(procedure.review.refusal_reasons if procedure.review else ()):
        if not reason.law:
            _report(subject, ("review", "refusal_reasons", index, "law"), REFUSAL)


def _report(subject: Subject, path: Path, purpose: dict[str, str]) -> None:
    subject.problem(NO_LAW, path, purpose=purpose)
