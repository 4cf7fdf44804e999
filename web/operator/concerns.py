"""Everything that people who run this installation are told of: cases, money, and the installation itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from shutil import disk_usage

from sqlalchemy.orm import Session

import payments.concerns
import procedures.morning.concerns
from procedures import beating
from procedures.keyring.live import current
from procedures.morning.concerns import ALL, Concern, Offices
from procedures.papers.sealing import WrongSealing, faults
from web.settings import Settings

BACKUP_AFTER = timedelta(hours=25)
"""A day, and an hour for a backup that takes its time."""
LITTLE_ROOM = 0.1
"""The share of the disk below which somebody has to make room."""


def concerns_of(settings: Settings) -> tuple[Concern, ...]:
    """In the order in which a mail names them."""
    return (*procedures.morning.concerns.CONCERNS, *payments.concerns.CONCERNS, *_own(settings))


def standing(session: Session, now: datetime, concerns: tuple[Concern, ...]) -> Mapping[str, int]:
    """How many there are of each in the whole installation."""
    return {one.name: one.count(session, now, ALL) for one in concerns}


def backup_is_old(session: Session, now: datetime, _offices: Offices) -> int:
    """1 where the last backup is more than a day old, or there was none."""
    at = beating.last(session, beating.BACKUP)
    return int(at is None or now - at > BACKUP_AFTER)


def not_sealed(_session: Session, _now: datetime, _offices: Offices) -> int:
    """1 where `tetsuzuki encrypt` was never run to its end: answers of earlier releases lie as they were written."""
    return int(not current().finished())


def _own(settings: Settings) -> tuple[Concern, ...]:
    def seal(_session: Session, now: datetime, _offices: Offices) -> int:
        try:
            return sum(1 for _ in faults(settings.seal_dir, now))
        except WrongSealing:
            return 1

    def disk(_session: Session, _now: datetime, _offices: Offices) -> int:
        room = disk_usage(settings.data_dir)
        return int(room.free < room.total * LITTLE_ROOM)

    return (
        Concern("plain", "operator", "operator", not_sealed),
        Concern("seal", "operator", "operator", seal),
        Concern("backup", "operator", "operator", backup_is_old, always=True),
        Concern("disk", "operator", "operator", disk, always=True),
    )
