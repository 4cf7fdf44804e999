"""For whom a procedure is: what is for staff alone is not there for anybody else."""

from engine.model import Procedure
from procedures.actors import Actor
from procedures.errors import NotFound

STAFF_ALONE = ("staff",)


def is_for(procedure: Procedure, actor: Actor) -> bool:
    """Whether `procedure` is offered to `actor`."""
    return procedure.audience != STAFF_ALONE or actor.kind == "staff"


def require(procedure: Procedure, actor: Actor) -> None:
    """Raises `NotFound`, as for a procedure that does not exist."""
    if not is_for(procedure, actor):
        raise NotFound(procedure.id)
