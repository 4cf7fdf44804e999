"""Comparing a resource with the type annotations of the installed SDK and with Stripe's own fixtures."""

import ast
import importlib
import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

import stripe
from stripe._stripe_object import StripeObject
from stripe.events._event_classes import get_v2_event_class
from typing_extensions import get_type_hints

CLASSES: Mapping[str, type] = {
    "checkout.session": stripe.checkout.Session,
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "balance_transaction": stripe.BalanceTransaction,
    "event": stripe.Event,
    "refund": stripe.Refund,
    "dispute": stripe.Dispute,
    "payout": stripe.Payout,
    "item": stripe.LineItem,
    "price": stripe.Price,
    "balance": stripe.Balance,
    "v2.core.event": stripe.v2.core.Event,
}


def differences(body: Mapping[str, Any], kind: str | None = None) -> list[str]:
    """What of a resource the SDK does not know, misses, or types differently; empty when it is honest."""
    name = kind or body["object"]
    cls = CLASSES[name] if name != "v2.core.event" else get_v2_event_class(body["type"])
    return list(_object(body, cls, name))


def _object(body: Mapping[str, Any], cls: type, where: str) -> Iterator[str]:
    hints = _hints(cls)
    if not hints:  # untyped: metadata and the like
        return
    for name in sorted(set(body) - set(hints)):
        yield f"{where}.{name}: the SDK knows no such field"
    for name, hint in hints.items():
        if name in body:
            yield from _value(body[name], hint, f"{where}.{name}")
        elif not _accepts_none(hint):
            yield f"{where}.{name}: the SDK expects it always"


@cache
def _hints(cls: type) -> Mapping[str, Any]:
    hints = get_type_hints(cls, localns=_names_of(cls))
    return {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar and not name.startswith("_")}


def _names_of(cls: type) -> dict[str, Any]:
    """What forward references in a class may mean: its own nested classes, and what its module imports for typing."""
    nested = {name: value for name, value in vars(cls).items() if isinstance(value, type)}
    return _typing_imports(cls.__module__) | nested


@cache
def _typing_imports(module: str) -> dict[str, Any]:
    loaded = importlib.import_module(module)
    tree = ast.parse(Path(str(loaded.__file__)).read_text(encoding="utf-8"))
    found = dict(vars(loaded))
    for block in tree.body:
        if isinstance(block, ast.If):
            for line in block.body:
                if isinstance(line, ast.ImportFrom):
                    source = importlib.import_module(str(line.module))
                    found |= {name.asname or name.name: getattr(source, name.name) for name in line.names}
    return found


def _value(value: Any, hint: Any, where: str) -> Iterator[str]:
    if value is None:
        if not _accepts_none(hint):
            yield f"{where}: None, but the SDK expects {hint}"
        return
    options = [option for option in _options(hint) if option is not type(None)]
    if any(get_origin(option) is Literal for option in options):  # the SDK adds str for words of later versions
        options = [option for option in options if option is not str]
    found = [list(_one(value, option, where)) for option in options]
    if all(found):
        yield from min(found, key=len)


def _one(value: Any, hint: Any, where: str) -> Iterator[str]:
    origin = get_origin(hint)
    if hint is Any:
        return
    if origin is Literal:
        if value not in get_args(hint):
            yield f"{where}: {value!r} is none of {get_args(hint)[:6]}"
    elif origin in (list, stripe.ListObject):
        yield from _list(value, get_args(hint)[0], where)
    elif isinstance(origin or hint, type) and issubclass(origin or hint, StripeObject):
        if isinstance(value, dict):
            yield from _object(value, origin or hint, where)
        else:
            yield f"{where}: {type(value).__name__} instead of an object"
    elif not _is_plain(value, str if hint is Decimal else hint):  # decimals come as text
        yield f"{where}: {type(value).__name__} instead of {hint}"


def _list(value: Any, hint: Any, where: str) -> Iterator[str]:
    rows = value if isinstance(value, list) else value.get("data") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        yield f"{where}: no list"
        return
    for place, row in enumerate(rows):
        yield from _value(row, hint, f"{where}[{place}]")


def _is_plain(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and (kind is not int or not isinstance(value, bool))


def _options(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(option for part in get_args(hint) for option in _options(part))
    return (hint,)


def _accepts_none(hint: Any) -> bool:
    return hint is Any or type(None) in _options(hint)


def unlike_fixture(body: Mapping[str, Any], fixture: Mapping[str, Any], where: str) -> list[str]:
    """Fields of Stripe's fixture, at any depth, that are missing here, or hold another kind of JSON value."""
    found = [f"{where}.{name}: Stripe sends it always" for name in sorted(set(fixture) - set(body))]
    for name in sorted(set(fixture) & set(body)):
        mine, theirs = body[name], fixture[name]
        if mine is None or theirs is None:
            continue
        if _kind(mine) != _kind(theirs):
            found.append(f"{where}.{name}: {_kind(mine)} here, {_kind(theirs)} there")
        elif isinstance(mine, dict) and name not in FREE:
            found += unlike_fixture(mine, theirs, f"{where}.{name}")
    return found


FREE = frozenset(
    {"metadata", "data", "payment_method_details", "payment_method_options", "destination_details", "next_action"}
)
"""What holds other things each time: the fixture shows one example."""


def _kind(value: Any) -> str:
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__
