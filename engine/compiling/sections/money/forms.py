"""Each form of price from the key of the line that writes it."""

from collections.abc import Callable, Mapping
from datetime import date

from engine.compiling.sections.money import codes
from engine.compiling.sections.money.source import Source, amounts
from engine.compiling.sections.money.tabled import tabled
from engine.compiling.series import shares
from engine.expressions import NUMBER, Expression
from engine.fees.forms import Computed, Counted, Percentage, Tier, Tiered
from engine.fees.wording import words
from engine.language import codes as shape
from engine.language.kinds import Part
from engine.model import Text
from engine.model.prices import ALWAYS, Price
from engine.problems import Suggestion

ONE = "1"


def price(part: Part, source: Source) -> Price | None:
    """The one price of a line; None with a problem where it has none, several, or a wrong one."""
    written = [key for key in FORMS if part.wrote(key)]
    if len(written) != 1:
        _refuse(part, written, source)
        return None
    for key in USELESS.get(written[0], ()):
        if part.wrote(key):
            source.report.add(codes.USELESS_KEY, part.place(key), part.at(key), key=key, form=_quoted(written[0]))
    return FORMS[written[0]](part, source)


def _refuse(part: Part, written: list[str], source: Source) -> None:
    names = ", ".join(FORMS)
    if written:
        place, path = part.place(written[1]), part.at(written[1])
        source.report.add(codes.TWO_PRICES, place, path, one=written[0], other=written[1])
    else:
        source.report.add(codes.NO_PRICE, part.node, part.path, names=names)


def _quoted(key: str) -> dict[str, str]:
    return {"ja": f"「{key}」", "en": f"“{key}”"}


def count_of(part: Part, source: Source) -> Expression | None:
    """How many; one where the author does not say."""
    return source.formulas.of_type(source.formula(part, "count", ONE), NUMBER)


def _counted(part: Part, source: Source) -> Price | None:
    count, rates = count_of(part, source), amounts(part, source, _start(part))
    if count is None or rates is None:
        return None
    counted = source.tell(count) if part.wrote("round") else None
    return Counted(count, rates, counted, ("tariff",) if part.wrote("tariff") else ("yen",))


def _computed(part: Part, source: Source) -> Price | None:
    amount = source.formulas.of_type(part.get("amount"), NUMBER)
    return None if amount is None else Computed(amount, source.tell(amount))


def _percentage(part: Part, source: Source) -> Price | None:
    share: Part | None = part.get("percent")
    if share is None:
        return None
    found = shares(share, "rate", source.report, _start(part))
    if share.wrote("of") == share.wrote("lines"):
        _refuse_base(share, source)
        return None
    if share.wrote("lines"):
        return Percentage(found, _lines_in_words(share, source), lines=known_lines(share, source))
    base = source.formulas.of_type(share.get("of"), NUMBER)
    return None if base is None or not found else Percentage(found, source.tell(base), base)


def _refuse_base(share: Part, source: Source) -> None:
    if share.wrote("of"):
        source.report.add(codes.TWO_PRICES, share.place("lines"), share.at("lines"), one="of", other="lines")
    else:
        meaning = {"ja": "もとになる額の式", "en": "The amount that it is a share of"}
        source.report.add(shape.MISSING_KEY, share.node, share.at("of"), key="of", meaning=meaning)


def known_lines(part: Part, source: Source) -> tuple[str, ...]:
    """The `lines` that there are; each other one is reported."""
    for index, name in enumerate(part.get("lines", ())):
        if name not in source.lines:
            advice = Suggestion.among(name, source.lines)
            path = f"{part.at('lines')}.{index}"
            source.report.add(codes.NOT_A_LINE, part.place("lines"), path, name=name, advice=advice)
    return tuple(name for name in part.get("lines", ()) if name in source.lines)


def _lines_in_words(part: Part, source: Source) -> Text:
    rule: Text | None = None
    for name in part.get("lines", ()):
        told = words("quoted", title=source.lines.get(name) or name)
        rule = told if rule is None else words("plus", left=rule, right=told)
    return rule or Text("")


def _tiered(part: Part, source: Source) -> Price | None:
    if not part.wrote("count"):
        meaning = {"ja": "数量の式", "en": "How many"}
        source.report.add(shape.MISSING_KEY, part.node, part.at("count"), key="count", meaning=meaning)
        return None
    count = count_of(part, source)
    parts: tuple[Part, ...] = part.get("tiers", ())
    tiers = [_tier(tier, source, _start(part)) for tier in parts]
    found = tuple(tier for tier in tiers if tier is not None)
    if count is None or len(found) != len(parts) or not found:
        return None
    for place, (tier, written) in enumerate(zip(found, parts, strict=True)):
        if place and not tier.follows(found[place - 1]):
            source.report.add(codes.TIERS_ORDER, written.node, written.path)
    return Tiered(count, found, part.get("unit") or words("units"))


def _tier(part: Part, source: Source, start: date) -> Tier | None:
    """One of `first: n`, `each: k, up_to: n`, `then_each: k`."""
    rates = amounts(part, source, start)
    kinds = [key for key in ("first", "each", "then_each") if part.wrote(key)]
    if len(kinds) != 1 or part.wrote("up_to") != (kinds == ["each"]) or not (part.wrote("yen") or part.wrote("tariff")):
        source.report.add(codes.BAD_TIER, part.node, part.path)
        return None
    if rates is None or kinds[0] not in part.values:
        return None
    if kinds[0] == "first":
        return Tier(part.get("first"), None, rates)
    return Tier(part.get("up_to"), part.get(kinds[0]), rates)


def _start(part: Part) -> date:
    start: date = part.get("from", ALWAYS)
    return start


def _tabled(part: Part, source: Source) -> Price | None:
    return tabled(part, count_of(part, source), source)


FORMS: Mapping[str, Callable[[Part, Source], Price | None]] = {
    "yen": _counted,
    "tariff": _counted,
    "amount": _computed,
    "table": _tabled,
    "tiers": _tiered,
    "percent": _percentage,
}
USELESS: Mapping[str, tuple[str, ...]] = {
    "amount": ("count", "from"),
    "percent": ("count",),
    "tariff": ("from",),
}
