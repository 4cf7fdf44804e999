"""What a request may be asked, as the installed SDK's parameter types document it."""

import importlib
import re
from typing import Any

OWN = frozenset({"idempotency_key", "stripe_account", "stripe_context", "stripe_version", "api_key", "headers"})
"""What the SDK adds for itself; it does not go over the wire."""
NAMED = re.compile(r"\w+Params\w*")


def parameters(name: str, module: str = "stripe.params", path: tuple[str, ...] = ()) -> frozenset[str]:
    """The names of a request's parameters (`RefundCreateParams`), or of those below one of them (`("evidence",)`)."""
    found: Any = getattr(importlib.import_module(module), name)
    for step in path:
        (below,) = set(NAMED.findall(str(found.__annotations__[step])))  # a forward reference, within the same module
        found = getattr(importlib.import_module(found.__module__), below)
    return frozenset(found.__annotations__) - OWN
