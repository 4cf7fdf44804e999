"""A name that something had in the version before (`was`) is given up there, and inherited once."""

from collections.abc import Iterator, Sequence

from engine.checks.subject import Path, Subject
from engine.problems import Code

STILL_THERE = Code("rename-still-there", example="phone: {was: tel, …}      # while tel is asked, too")
TWICE = Code("rename-twice", example="home: {was: tel, …} … mobile: {was: tel, …}")

Named = tuple[Path, str, str | None]
"""Where something stands, its name, and the one it had."""


def check(subject: Subject) -> None:
    """Look at what stands beside each other: the steps, all their fields, what is inside of one field, its options."""
    for group in _groups(subject):
        taken = {name for _, name, _ in group}
        heirs: dict[str, str] = {}
        for path, name, was in group:
            if was is None:
                continue
            if was in taken:
                subject.problem(STILL_THERE, (*path, "was"), name=name, was=was)
            elif was in heirs:
                subject.problem(TWICE, (*path, "was"), name=name, was=was, other=heirs[was])
            heirs.setdefault(was, name)


def _groups(subject: Subject) -> Iterator[Sequence[Named]]:
    procedure = subject.procedure
    yield [(("steps", step.id), step.id, step.was) for step in procedure.steps]
    top = [(("steps", step.id, "fields", field.id), field) for step in procedure.steps for field in step.fields]
    yield [(path, field.id, field.was) for path, field in top]
    for placed in subject.fields:
        path, field = placed.path, placed.field
        yield [((*path, "options", str(one.value)), str(one.value), one.was) for one in field.options]
        for place, holder in ((path, field), ((*path, "items"), field.items)):
            if holder is not None:
                yield [((*place, "properties", one.id), one.id, one.was) for one in holder.properties]
