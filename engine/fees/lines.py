"""One line of the bill: whether it applies, what it comes to, rounded and kept within its limits."""

from collections.abc import Iterator, Mapping
from datetime import date

from engine.expressions import UNKNOWN, Scope
from engine.fees.errors import NoRate, UnknownFee
from engine.fees.groups import groups_of
from engine.fees.quoted import QuotedLine
from engine.fees.wording import words
from engine.journey import Journey
from engine.model import FeeLine, Text
from engine.model.prices import Look, NoPrice, NotInForce, Priced, Series, in_force


def quoted(line: FeeLine, journey: Journey, day: date, yen: Mapping[str, int]) -> tuple[QuotedLine, ...]:
    """The line as billed: nothing where it does not apply, one a group where it is charged by groups.

    `day` selects the rates; `yen` is what lines that it rests on came to. Raises `NoRate` and `UnknownFee`.
    """
    try:
        found = tuple(one for one in _parts(line, journey, day, yen) if one.count > 0)
    except NotInForce:
        raise NoRate(line.id, day) from None
    except NoPrice:
        raise UnknownFee(line.id) from None
    if line.groups is not None and line.groups.together and len(found) > 1:
        return (_together(found),)
    return found


def _parts(line: FeeLine, journey: Journey, day: date, yen: Mapping[str, int]) -> Iterator[QuotedLine]:
    if line.groups is None:
        if _applies(line, journey.scope, journey):
            yield _part(line, Look(journey.scope, day, yen), None)
        return
    for group in groups_of(line.groups, journey):
        if _applies(line, group.scope, journey):
            yield _part(line, Look(group.scope, day, yen), group.name)


def _applies(line: FeeLine, scope: Scope, journey: Journey) -> bool:
    applies = True if line.when is None else line.when.evaluate(scope)
    if applies is UNKNOWN and journey.first_unfinished() is not None:
        raise NoPrice
    return applies is True


def _part(line: FeeLine, look: Look, group: Text | None) -> QuotedLine:
    priced = line.price.of(look)
    yen, rule = _kept_within(line, look.day, *_rounded(line, priced))
    simple = priced.unit is not None and priced.count * priced.unit == yen
    return QuotedLine(
        id=line.id,
        title=line.title,
        law=line.law,
        account=line.account,
        count=priced.count if simple or not priced.count else 1,
        unit_yen=priced.unit if simple and priced.unit is not None else yen,
        yen=yen,
        unit=line.unit if simple else None,
        group=group,
        rule=rule,
        rate_on=line.rate_on,
        rows=() if priced.row is None else (priced.row,),
    )


def _rounded(line: FeeLine, priced: Priced) -> tuple[int, Text | None]:
    """The whole yen. Without a rounding by name, what is not whole is no price."""
    whole = priced.exact == priced.exact.to_integral_value()
    if whole and (line.rounding is None or not priced.exact % line.rounding.to):
        return int(priced.exact), priced.rule
    if line.rounding is None:
        raise NoPrice
    rule = words(f"rounded_{line.rounding.how}", rule=priced.rule or "", to=line.rounding.to)
    return line.rounding.apply(priced.exact), rule


def _kept_within(line: FeeLine, day: date, yen: int, rule: Text | None) -> tuple[int, Text | None]:
    least, most = limit(line.least, day), limit(line.most, day)
    if most is not None and yen > most:
        return most, words("at_most", rule=rule or "", yen=most)
    if least is not None and yen < least:
        return least, words("at_least", rule=rule or "", yen=least)
    return yen, rule


def limit(series: Series, day: date) -> int | None:
    """The limit of the day; None where there is none at all. Raises `NotInForce` where none is in force."""
    if not series:
        return None
    found = in_force(series, day)
    if found is None:
        raise NotInForce
    return found.amount


def _together(found: tuple[QuotedLine, ...]) -> QuotedLine:
    """One line for all groups, which tells what each came to."""
    first, rule = found[0], None
    for one in found:
        told = words("of_group", group=one.group or "", yen=one.yen)
        rule = told if rule is None else words("tier_join", left=rule, right=told)
    total = sum(one.yen for one in found)
    alike = all(one.unit_yen == first.unit_yen for one in found)
    return QuotedLine(
        id=first.id,
        title=first.title,
        law=first.law,
        account=first.account,
        count=sum(one.count for one in found) if alike else 1,
        unit_yen=first.unit_yen if alike else total,
        yen=total,
        unit=first.unit if alike else None,
        rule=rule,
        rate_on=first.rate_on,
        rows=tuple(row for one in found for row in one.rows),
    )
