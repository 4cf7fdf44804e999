"""The kinds of batch that this installation has: approving also sees to the fee."""

from payments.cases import approve
from procedures.batches.acts import kinds
from procedures.batches.kinds import Kind
from procedures.errors import NotFound

KINDS = kinds(approve)


def kind_named(name: str) -> Kind:
    """The kind that an address names. Raises `NotFound`."""
    found = KINDS.get(name.replace("-", "_"))
    if found is None:
        raise NotFound(name)
    return found
