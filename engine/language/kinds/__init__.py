"""The building blocks of a declared shape: each reads a node with positions, and writes itself as JSON Schema."""

from engine.language.kinds.base import WRONG, Definitions, Doc, Kind
from engine.language.kinds.collections import ListOf, MapOf
from engine.language.kinds.either import Either
from engine.language.kinds.formulas import Formula, FormulaSource
from engine.language.kinds.records import Key, Part, Record
from engine.language.kinds.scalars import AnyMap, AnyValue, Choice, Day, Name, Number, Plain, String, Whole, YesNo
from engine.language.kinds.words import Words

__all__ = [
    "WRONG",
    "AnyMap",
    "AnyValue",
    "Choice",
    "Day",
    "Definitions",
    "Doc",
    "Either",
    "Formula",
    "FormulaSource",
    "Key",
    "Kind",
    "ListOf",
    "MapOf",
    "Name",
    "Number",
    "Part",
    "Plain",
    "Record",
    "String",
    "Whole",
    "Words",
    "YesNo",
]
