"""Certificates: numbered, set as PDF, sealed, kept; downloaded by their owner."""

from pathlib import Path

from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.attachments import Opened
from procedures.blobs import Blobs
from procedures.jobs import Handler


def handler(blobs: Blobs, templates: Path, seal_folder: Path, authority: str) -> Handler:
    """The handler of `certificate.issue` jobs. `seal_folder` holds what `procedures.seal.create_seal_key` made."""
    raise NotImplementedError


def open_certificate(session: Session, blobs: Blobs, actor: Actor, application_id: str, certificate_id: str) -> Opened:
    """The sealed PDF for its owner or staff of the office. Raises `NotFound` for everybody else and while not ready."""
    raise NotImplementedError
