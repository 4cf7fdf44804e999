"""How much is asked the second time: questions of each real procedure at first, with a profile, from an earlier one.

`python -m tests.benchmarks.once`: a table. The questions are those of a procedure's first scenario that can be sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.journey import walk
from engine.model import Procedure
from engine.reuse import given_again, own_leaves, single_answers
from tests.procedures.test_asked_once import ALL


@dataclass(frozen=True, slots=True)
class Count:
    """Single answers typed: at first; once the profile knows the person; begun from one's own earlier application."""

    procedure: str
    first: int
    with_profile: int
    from_earlier: int


def counts(procedures: Iterable[Procedure]) -> list[Count]:
    """One row for each procedure."""
    return [_count(procedure) for procedure in procedures]


def _count(procedure: Procedure) -> Count:
    scenario = next(one for one in procedure.scenarios if not one.expect.errors and not one.expect.stop)
    journey = walk(procedure, scenario.answers, scenario.on)
    fields = [field for field in procedure.fields.values() if field.id in journey.shown]
    typed = dict(single_answers(fields, journey.answers))
    papers = {place: answer for place, answer in typed.items() if isinstance(answer, list)}
    own = [leaf.place for leaf in own_leaves(fields) if leaf.place in typed]
    again = dict(single_answers(fields, given_again(procedure, journey.answers, scenario.on)))
    return Count(
        procedure.id, len(typed), len(typed) - len(own), len([place for place in typed if place not in again | papers])
    )


def main() -> None:
    """Print."""
    rows = counts(ALL.values())
    print("| procedure | first time | with a profile | from an earlier application |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row.procedure} | {row.first} | {row.with_profile} | {row.from_earlier} |")
    total = [sum(values) for values in zip(*((r.first, r.with_profile, r.from_earlier) for r in rows), strict=True)]
    print(f"| all | {total[0]} | {total[1]} | {total[2]} |")


if __name__ == "__main__":
    main()
