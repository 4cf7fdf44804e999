"""Reductions that were asked for, as staff and applicants see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import fees
from engine.fees import FeeQuote
from engine.journey import walk
from engine.model import Procedure, Waiver
from procedures.models import WaiverRequest
from procedures.reading.names import names_of
from procedures.waiving.pricing import waiver_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One reduction that was asked for.

    `state` is open, proposed, granted, refused or ended; `percent` what was proposed or granted; `reasons` and `appeal`
    as they are told, by language; `proposed_by` and `decided_by` are names, `note` why it was sent back. `quote` is the
    price after the decision.
    """

    id: str
    waiver: Waiver
    round: int
    asked_at: datetime
    decide_by: date
    state: str
    people: int
    percent: int | None
    reasons: tuple[dict[str, Any], ...]
    text: str
    appeal: dict[str, str] | None
    proposed_by: str | None
    proposed_by_id: str | None
    proposed_at: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    note: str | None
    quote: FeeQuote | None

    @property
    def waits(self) -> bool:
        """Whether somebody has still to decide."""
        return self.state in {"open", "proposed"}


def asked(session: Session, application_id: str, procedure: Procedure) -> tuple[Asked, ...]:
    """What a case asked for, oldest first. The caller has checked that the reader may see the case."""
    if procedure.fees is None or not any(waiver.decision for waiver in procedure.fees.waivers):
        return ()
    query = select(WaiverRequest).where(WaiverRequest.application_id == application_id)
    rows = session.scalars(query.order_by(WaiverRequest.asked_at, WaiverRequest.waiver_id)).all()
    names = names_of(session, (one for row in rows for one in (row.proposed_by, row.decided_by)))
    return tuple(_view(row, procedure, names) for row in rows)


def decided(found: tuple[Asked, ...]) -> dict[str, int]:
    """By id of a reduction the per cent that were granted, 0 for a refusal."""
    told = sorted((one for one in found if one.decided_at is not None), key=lambda one: (one.decided_at, one.id))
    return {one.waiver.id: one.percent or 0 for one in told}


def prices(
    procedure: Procedure, answers: dict[str, Any], submitted: date, found: tuple[Asked, ...], one: Asked
) -> dict[int, int]:
    """What the whole costs for each thing that may be decided on `one`, by the per cent granted; 0 is a refusal."""
    journey, before = walk(procedure, answers, submitted), decided(found)
    totals = {}
    for percent in (*one.waiver.grants, 0):
        quote = fees.quote(procedure, journey, submitted, {**before, one.waiver.id: percent})
        totals[percent] = quote.total if quote else 0
    return totals


def _view(row: WaiverRequest, procedure: Procedure, names: dict[str, str]) -> Asked:
    return Asked(
        id=row.id,
        waiver=waiver_of(procedure, row.waiver_id),
        round=row.round,
        asked_at=row.asked_at,
        decide_by=row.decide_by,
        state=row.state,
        people=row.people,
        percent=row.percent,
        reasons=tuple(row.reasons),
        text=row.text,
        appeal=row.appeal,
        proposed_by=names.get(row.proposed_by or ""),
        proposed_by_id=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=names.get(row.decided_by or ""),
        decided_at=row.decided_at,
        note=row.note,
        quote=FeeQuote.from_json(row.quote) if row.quote else None,
    )
