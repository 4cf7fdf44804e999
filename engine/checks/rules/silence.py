"""Nobody is stopped by what was not answered: a stop rests on answers."""

from engine.checks.subject import Subject
from engine.model.watched import minds_silence
from engine.problems import Code

STOP_ON_SILENCE = Code("stop-on-silence", example="stops: {no_phone: {when: not answered(phone), …}}")


def check(subject: Subject) -> None:
    """Report each stop that asks whether something was answered at all: it would hold before the question is there."""
    for condition in subject.conditions:
        if condition.what == "stop" and minds_silence(condition.demands[-1][0], subject.procedure.named):
            subject.problem(STOP_ON_SILENCE, condition.path)
