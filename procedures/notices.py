"""Notices to applicants: queued with the change, composed and sent by the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from procedures.channels import Channel
from procedures.jobs import Handler

Kind = Literal[
    "received", "fee_due", "issue_fee_due", "completed", "certificate_ready", "refused", "withdrawn", "lapsed"
]


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose mails these are: the authority's names by language, its address, the public address of the site."""

    names: Mapping[str, str]
    address: str
    public_url: str


def queue(session: Session, now: datetime, kind: Kind, application_id: str, **facts: str | int) -> None:
    """Queue a notice; `facts` are what the wording needs (`yen`, `pay_by` as ISO date)."""
    raise NotImplementedError


def handler(channel: Channel, sender: Sender) -> Handler:
    """The handler of `notice.send` jobs."""
    raise NotImplementedError
