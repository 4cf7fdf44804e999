"""Reductions that are asked for: evidence comes only from who asks, and examples decide what can be decided."""

from engine.checks.subject import Subject
from engine.model import Waiver
from engine.problems import Code, Suggestion

OF_EVERYBODY = Code(
    "evidence-of-everybody",
    example="waivers: {poor: {asked: wants, needs: proof, …}} … proof: {type: file, …}      # no when",
    severity="warning",
)
NOT_A_GRANT = Code("not-a-grant", example="granted: {poor: 30}      # poor may be granted as 50 or 100 per cent")


def check(subject: Subject) -> None:
    """Report evidence that nobody can leave out, and decisions in examples that the procedure does not know."""
    waivers = {waiver.id: waiver for waiver in (subject.procedure.fees.waivers if subject.procedure.fees else ())}
    for waiver in waivers.values():
        _evidence(subject, waiver)
    for index, scenario in enumerate(subject.procedure.scenarios):
        for name, percent in scenario.granted.items():
            found = waivers.get(name)
            if found is not None and found.decision is not None and percent in {0, *found.grants}:
                continue
            advice = Suggestion.among(name, [one.id for one in waivers.values() if one.decision is not None])
            told = {"name": scenario.name, "waiver": name, "percent": percent, "advice": advice}
            subject.problem(NOT_A_GRANT, ("scenarios", index, "granted", name), **told)


def _evidence(subject: Subject, waiver: Waiver) -> None:
    if waiver.decision is None:
        return
    for placed in subject.fields:
        needed = placed.field.id in waiver.needs and placed.path[-2] == "fields"
        if needed and not placed.demands and placed.field.optional is False:
            told = {"name": placed.field.id, "asked": waiver.decision.asked}
            subject.problem(OF_EVERYBODY, placed.path, **told)
