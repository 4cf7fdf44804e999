"""When applications are taken, and how many."""

from collections.abc import Iterator

from engine.language.kinds import Part
from engine.model.acceptance import ALWAYS, Acceptance, Limit, Period, Suspension, YearDay
from engine.problems import Code, Report

PERIOD_FORM = Code("period-form", example="periods: [{from: 04-01, until: 06-30}]      # without every: year")


def build(part: Part | None, report: Report) -> Acceptance:
    """The acceptance; always and any number where nothing is said."""
    if part is None:
        return ALWAYS
    return Acceptance(tuple(_periods(part, report)), _limit(part.get("limit")), _suspension(part.get("suspended")))


def _periods(part: Part, report: Report) -> Iterator[Period]:
    for row in part.get("periods", ()):
        yearly = [key for key in ("from", "until") if isinstance(row.get(key), YearDay)]
        dated = [key for key in ("from", "until") if key in row.values and key not in yearly]
        open_end = not row.wrote("until")
        faulty = (dated or open_end) if row.wrote("every") else yearly
        if faulty:
            report.add(PERIOD_FORM, row.node, row.path)
        elif "from" in row.values and ("until" in row.values or open_end):
            yield Period(row.get("from"), row.get("until"))


def _limit(part: Part | None) -> Limit | None:
    if part is None or "number" not in part.values:
        return None
    return Limit(part.get("number"), part.get("per"), part.get("notice"))


def _suspension(part: Part | None) -> Suspension | None:
    if part is None or "notice" not in part.values:
        return None
    return Suspension(part.get("notice"), part.get("from"), part.get("until"))
