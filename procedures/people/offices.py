"""Offices: what people call them, and which there are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import EVERYWHERE, Actor
from procedures.models import Application, Office, StaffRole

ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
LONGEST = 120  # characters of a name


class OfficeRefused(Exception):
    """What is wrong with an office that is to be written: `key` is `id`, `name_ja`, `name_en`, `kana` or `email`."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Known:
    """An office. One that only a spec or a role names has no row, and its id for names."""

    id: str
    name_ja: str
    name_en: str
    kana: str | None = None
    email: str | None = None

    def name(self, language: str) -> str:
        """What people call it: in English for `en`, else in Japanese, which is what stands on the door."""
        return self.name_en if language == "en" else self.name_ja


def put(session: Session, actor: Actor, now: datetime, office: Known) -> bool:
    """Write an office down, or write it anew; answers whether it is a new one. Raises `OfficeRefused`."""
    clean = _checked(office)
    row = session.get(Office, clean.id)
    new = row is None
    if row is None:
        row = Office(id=clean.id)
        session.add(row)
    facts = (row.name_ja, row.name_en, row.name_kana, row.email)
    wished = (clean.name_ja, clean.name_en, clean.kana, clean.email)
    if facts == wished:
        return False
    row.name_ja, row.name_en, row.name_kana, row.email = wished
    session.flush()
    audit.record(session, actor, now, "office.added" if new else "office.changed", clean.id)
    return new


def _checked(office: Known) -> Known:
    if not ID.fullmatch(office.id):
        raise OfficeRefused("id")
    names = {"name_ja": office.name_ja, "name_en": office.name_en, "kana": office.kana or ""}
    names = {key: " ".join(name.split()) for key, name in names.items()}
    for key, name in names.items():
        if len(name) > LONGEST or (not name and key != "kana") or not name.isprintable():
            raise OfficeRefused(key)
    return Known(office.id, names["name_ja"], names["name_en"], names["kana"] or None, _address(office.email))


def _address(email: str | None) -> str | None:
    if not email or not email.strip():
        return None
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise OfficeRefused("email") from error


def of_id(session: Session, office_id: str) -> Known:
    """The office, or its id for its names where nobody wrote any down."""
    row = session.get(Office, office_id)
    return _known(row) if row else Known(office_id, office_id, office_id)


def name_of(session: Session, office_id: str, language: str) -> str:
    """What people call an office; its id where nobody wrote a name down."""
    return of_id(session, office_id).name(language)


def names_of(session: Session, office_ids: Iterable[str], language: str) -> dict[str, str]:
    """Names by id, in one SELECT."""
    wanted = sorted(set(office_ids))
    rows = {row.id: row for row in session.scalars(select(Office).where(Office.id.in_(wanted)))} if wanted else {}
    return {id: _known(rows[id]).name(language) if id in rows else id for id in wanted}


def written(session: Session) -> list[Known]:
    """The offices that have a row, by id."""
    return [_known(row) for row in session.scalars(select(Office).order_by(Office.id))]


def all_known(session: Session) -> list[Known]:
    """Those, and those that only cases or roles name, by id."""
    rows = {office.id: office for office in written(session)}
    ids = {*_of_cases(session), *session.scalars(select(StaffRole.office).distinct())} - {EVERYWHERE}
    return [rows.get(id) or Known(id, id, id) for id in sorted(ids | set(rows))]


def _of_cases(session: Session) -> Iterator[str]:
    """From one office to the next in the index: few look-ups, where DISTINCT reads every case."""
    following, office = select(func.min(Application.office)), ""
    while found := session.scalar(following.where(Application.office > office)):
        office = found
        yield office


def exists(session: Session, office_id: str) -> bool:
    """Whether somebody wrote this office down."""
    return session.get(Office, office_id) is not None


def _known(row: Office) -> Known:
    return Known(row.id, row.name_ja, row.name_en, row.name_kana, row.email)
