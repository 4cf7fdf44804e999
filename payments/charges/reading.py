"""Reading charges."""

from sqlalchemy.orm import Session

from payments.views import ChargeView


def for_application(session: Session, application_id: str) -> list[ChargeView]:
    """Every charge of a case, oldest first. The caller has checked that the reader may see the case."""
    raise NotImplementedError


def waiting_for_payment(session: Session, application_id: str) -> ChargeView | None:
    """The charge that is to be paid now, if there is one."""
    raise NotImplementedError
