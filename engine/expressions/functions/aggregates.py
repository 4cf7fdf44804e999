"""Functions over lists: how many, how much, whether any or all."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from engine.expressions.compiling.arithmetic import calculate
from engine.expressions.compiling.logic import both, either
from engine.expressions.functions.base import Function, always
from engine.expressions.scope import UNKNOWN
from engine.expressions.types import ANYTHING, BOOLEAN, NUMBER, Type, list_of


def _length(items: Sequence[Any]) -> Any:
    """Characters of a text, items of a list; unknown while it is unknown of one whether it counts."""
    if not isinstance(items, str) and any(item is UNKNOWN for item in items):
        return UNKNOWN
    return Decimal(len(items))


def _sum(items: Sequence[Any]) -> Any:
    return calculate(lambda *numbers: sum(numbers, Decimal(0)), *items)


def _total(items: Any) -> Any:
    """What is unknown was left empty or is not asked, and adds nothing; so does a whole list of which that is true."""
    return _sum([] if items is UNKNOWN else [item for item in items if item is not UNKNOWN])


def _count(items: Sequence[Any]) -> Decimal:
    """How many are known to be true: what nobody said does not count."""
    return Decimal(sum(1 for item in items if item is True))


def _extreme(choose: Callable[[Sequence[Any]], Any]) -> Callable[..., Any]:
    def calculated(items: Sequence[Any]) -> Any:
        """Of nothing there is none, and one unknown could be the one."""
        return UNKNOWN if not items or any(item is UNKNOWN for item in items) else choose(items)

    return calculated


def _distinct(items: Sequence[Any]) -> list[Any]:
    """Each value once, in the order of the first; what is unknown may be any of them and stays."""
    found: list[Any] = []
    for item in items:
        if item is UNKNOWN or item not in found:
            found.append(item)
    return found


def _item(types: tuple[Type, ...]) -> Type:
    return Type(types[0].element.kind)


FUNCTIONS = (
    Function(
        name="distinct",
        usage="len(distinct(d.sex for d in dogs))",
        doc={"ja": "重なりを除いたリスト", "en": "A list with each value only once"},
        wanted=(list_of(ANYTHING),),
        result=lambda types: types[0],
        calculate=_distinct,
        said="explain.distinct",
    ),
    Function(
        name="len",
        usage="len(dogs)",
        doc={"ja": "リストの件数（文字列なら文字数）", "en": "How many items a list has (or characters a text)"},
        wanted=(ANYTHING,),
        result=always(NUMBER),
        calculate=_length,
        said="explain.number_of",
        kinds=frozenset({"list", "text"}),
    ),
    Function(
        name="sum",
        usage="sum(r.copies for r in requests)",
        doc={"ja": "合計", "en": "The total"},
        wanted=(list_of(NUMBER),),
        result=always(NUMBER),
        calculate=_sum,
        said="explain.total",
    ),
    Function(
        name="total",
        usage="total(planned, used)",
        doc={
            "ja": "合計（答えのないものは0とする。並べても、リストでもよい）",
            "en": "The total, in which what is not answered counts as 0; of several numbers, or of a list",
        },
        wanted=(list_of(NUMBER),),
        result=always(NUMBER),
        calculate=_total,
        said="explain.total_of_given",
        kinds=frozenset({"number"}),
        several=True,
        minds_silence=True,
    ),
    Function(
        name="count",
        usage="count(d.vaccinated for d in dogs)",
        doc={"ja": "真であるとわかっているものの数", "en": "How many are known to be true"},
        wanted=(list_of(BOOLEAN),),
        result=always(NUMBER),
        calculate=_count,
        said="explain.number_true",
    ),
    Function(
        name="any",
        usage="any(d.vaccinated for d in dogs)",
        doc={"ja": "一つでも真なら真", "en": "True if one of them is"},
        wanted=(list_of(BOOLEAN),),
        result=always(BOOLEAN),
        calculate=either,
        said="explain.any_true",
    ),
    Function(
        name="all",
        usage="all(d.vaccinated for d in dogs)",
        doc={"ja": "すべて真なら真", "en": "True if all of them are"},
        wanted=(list_of(BOOLEAN),),
        result=always(BOOLEAN),
        calculate=both,
        said="explain.all_true",
    ),
    Function(
        name="min",
        usage="min(add_days(today, 15), add_days(starts_on, -1))",
        doc={"ja": "最小のもの（日付なら最も早い日）", "en": "The smallest (of dates: the earliest)"},
        wanted=(list_of(ANYTHING),),
        result=_item,
        calculate=_extreme(min),
        said="explain.least",
        kinds=frozenset({"number", "date"}),
        several=True,
    ),
    Function(
        name="max",
        usage="max(0, area - 100)",
        doc={"ja": "最大のもの（日付なら最も遅い日）", "en": "The largest (of dates: the latest)"},
        wanted=(list_of(ANYTHING),),
        result=_item,
        calculate=_extreme(max),
        said="explain.greatest",
        kinds=frozenset({"number", "date"}),
        several=True,
    ),
)
