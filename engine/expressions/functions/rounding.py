"""Rounding, always by name: up, down, half up; started units; numbers without their sign."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from engine.expressions.compiling.arithmetic import calculate, settled
from engine.expressions.functions.base import Function, always
from engine.expressions.scope import UNKNOWN, Unknown
from engine.expressions.types import NUMBER

HALF = Decimal("0.5")
ONE = Decimal(1)
Round = Callable[[Decimal], Decimal]


def _down(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_FLOOR)


def _up(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_CEILING)


def _half_up(value: Decimal) -> Decimal:
    return _down(value + HALF)


def _in_units(direction: Round, value: Decimal, unit: Decimal) -> Decimal | Unknown:
    """How many units, rounded; a unit that is not above 0 makes no sense, and has no result."""
    return calculate(lambda amount, step: direction(settled(amount / step)), value, unit) if unit > 0 else UNKNOWN


def _to_unit(direction: Round) -> Callable[..., Decimal | Unknown]:
    def rounded(value: Decimal, unit: Decimal = ONE) -> Decimal | Unknown:
        return calculate(lambda units, step: units * step, _in_units(direction, value, unit), unit)

    return rounded


def _started(value: Decimal, unit: Decimal) -> Decimal | Unknown:
    return _in_units(_up, value, unit)


def _rounding(name: str, ja: str, en: str, direction: Round) -> Function:
    return Function(
        name=name,
        usage=f"{name}(amount, 10)",
        doc={
            "ja": f"{ja}（2番目の数の倍数に。省略すると1）",
            "en": f"{en} to a multiple of the second number (1 if left out)",
        },
        wanted=(NUMBER, NUMBER),
        result=always(NUMBER),
        calculate=_to_unit(direction),
        said=f"explain.{name}_to",
        said_short=f"explain.{name}",
        optional=1,
    )


FUNCTIONS = (
    _rounding("round_down", "切り捨て", "Round down", _down),
    _rounding("round_up", "切り上げ", "Round up", _up),
    _rounding("round_half_up", "四捨五入", "Round half up", _half_up),
    Function(
        name="abs",
        usage="abs(planned - used)",
        doc={"ja": "絶対値（符号を取った数）", "en": "The number without its sign"},
        wanted=(NUMBER,),
        result=always(NUMBER),
        calculate=Decimal.copy_abs,
        said="explain.abs",
    ),
    Function(
        name="per",
        usage="per(sheets, 100)",
        doc={
            "ja": "「100枚までごと」のように、始まった単位の数",
            "en": "Started units, as in “for each 100 sheets begun”",
        },
        wanted=(NUMBER, NUMBER),
        result=always(NUMBER),
        calculate=_started,
        said="explain.per",
    ),
)
