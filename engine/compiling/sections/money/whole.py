"""The fees as a whole: lines, reductions, limits, the day to pay by."""

from engine.compiling.formulas import Formulas
from engine.compiling.sections.money import lines, waivers
from engine.compiling.sections.money.source import Source, rounding
from engine.compiling.series import yen
from engine.compiling.tariffs import Tariffs
from engine.expressions import DATE
from engine.language.kinds import Part
from engine.model import Fees, Step

DEFAULT_PAY_BY = "add_days(today, 7)"


def build(part: Part | None, formulas: Formulas, tariffs: Tariffs, steps: tuple[Step, ...]) -> Fees | None:
    """The fees, or None where the procedure has none (or they are wrong)."""
    if part is None:
        return None
    written: dict[str, Part] = part.get("lines", {})
    titles = {name: line.get("title") for name, line in written.items()}
    source = Source(formulas, tariffs, tuple(field for step in steps for field in step.fields), titles)
    pay_by = formulas.of_type(source.formula(part, "pay_by", DEFAULT_PAY_BY), DATE)
    rate_on = part.get("rate_on", "submitted")
    built = tuple(
        line for name, one in written.items() if (line := lines.build(name, one, source, rate_on)) is not None
    )
    lines.check_circles(built, written, source)
    reductions = [waivers.build(name, waiver, source) for name, waiver in part.get("waivers", {}).items()]
    if pay_by is None:
        return None
    return Fees(
        due=part.get("due", "submission"),
        pay_by=pay_by,
        lines=built,
        waivers=tuple(waiver for waiver in reductions if waiver),
        several=part.get("several", "largest"),
        least=yen(part, "minimum", formulas.report),
        most=yen(part, "maximum", formulas.report),
        rounding=rounding(part, formulas.report),
        refundable=part.get("refundable", False),
    )
