"""Which wording each part of an expression has: comparisons, sums over lists, arithmetic, days."""

import ast
from collections.abc import Mapping

from engine.expressions.functions import FUNCTIONS
from engine.expressions.types import DATE

COMPARED: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "explain.equal",
    ast.Is: "explain.equal",
    ast.NotEq: "explain.not_equal",
    ast.IsNot: "explain.not_equal",
    ast.Lt: "explain.less",
    ast.LtE: "explain.at_most",
    ast.Gt: "explain.more",
    ast.GtE: "explain.at_least",
    ast.In: "explain.in",
    ast.NotIn: "explain.not_in",
}
OPPOSITES: Mapping[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.NotEq(),
    ast.Is: ast.IsNot(),
    ast.NotEq: ast.Eq(),
    ast.IsNot: ast.Is(),
    ast.Lt: ast.GtE(),
    ast.LtE: ast.Gt(),
    ast.Gt: ast.LtE(),
    ast.GtE: ast.Lt(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
}
MIRRORED: Mapping[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.Eq(),
    ast.NotEq: ast.NotEq(),
    ast.Lt: ast.Gt(),
    ast.LtE: ast.GtE(),
    ast.Gt: ast.Lt(),
    ast.GtE: ast.LtE(),
}
OF_LISTS: Mapping[type[ast.cmpop], str] = {ast.In: "explain.contained", ast.NotIn: "explain.not_contained"}
OF_DAYS: Mapping[str, str] = {
    "explain.less": "explain.earlier",
    "explain.at_most": "explain.by",
    "explain.more": "explain.later",
    "explain.at_least": "explain.from",
    "explain.least": "explain.earliest",
    "explain.greatest": "explain.latest",
    "explain.smaller": "explain.earlier_of",
    "explain.larger": "explain.later_of",
    "explain.min": "explain.earliest_in",
    "explain.max": "explain.latest_in",
}
DAY_FUNCTIONS = frozenset(
    name for name, one in FUNCTIONS.items() if not one.several and one.result(one.wanted).kind == DATE.kind
)
OVER_LIST: Mapping[str, str] = {
    "any": "explain.any",
    "all": "explain.all",
    "count": "explain.count",
    "sum": "explain.sum",
    "len": "explain.len",
    "min": "explain.min",
    "max": "explain.max",
}
CALCULATED: Mapping[type[ast.operator], str] = {
    ast.Add: "explain.plus",
    ast.Sub: "explain.minus",
    ast.Mult: "explain.times",
    ast.Div: "explain.divided",
    ast.FloorDiv: "explain.whole_times",
    ast.Mod: "explain.rest",
}
OF_TWO: Mapping[str, str] = {"explain.least": "explain.smaller", "explain.greatest": "explain.larger"}
BEFORE: Mapping[str, str] = {  # add_days(day, -1) is the day before
    "explain.add_days": "explain.days_before",
    "explain.add_months": "explain.months_before",
    "explain.add_business_days": "explain.business_days_before",
}
DENIED: Mapping[str, str] = {"answered": "explain.unanswered", "is_business_day": "explain.not_business_day"}
NEXT: Mapping[str, str] = {"explain.add_days": "explain.day_after", "explain.days_before": "explain.day_before"}
BINDING: Mapping[type[ast.operator], int] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}  # the others never bind
