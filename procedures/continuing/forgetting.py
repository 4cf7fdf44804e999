"""What goes with a draft: text that was never sent once it is submitted, and at its end the code that opens it too."""

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from procedures.models import ResumeCode, Unfinished
from procedures.storing.fixed import Fixed

_typed, _code = Unfinished.__table__, ResumeCode.__table__
_FORGET_TYPED = Fixed(delete(_typed).where(_typed.c.application_id == bindparam("case_id")))
_FORGET_CODE = Fixed(delete(_code).where(_code.c.application_id == bindparam("case_id")))


def forget_typed(session: Session, application_id: str) -> None:
    """The draft is submitted: only its answers were."""
    _FORGET_TYPED.change(session, {"case_id": application_id})


def forget_draft(session: Session, application_id: str, *, shared: bool) -> None:
    """The case is at its end. Where it was submitted, devices that share it may go on looking at it."""
    forget_typed(session, application_id)
    if shared:
        return
    _FORGET_CODE.change(session, {"case_id": application_id})
