"""Mails as .eml files of a folder: for the default run, where nobody's mail server is asked."""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path


class FolderChannel:
    """One file a mail, named by its Message-ID: handing the same mail over twice leaves one file."""

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def send(self, mail: EmailMessage) -> None:
        """Write the mail."""
        path = self.folder / f"{sha256(str(mail['Message-ID']).encode()).hexdigest()[:32]}.eml"
        unfinished = path.with_suffix(".tmp")
        unfinished.write_bytes(mail.as_bytes(policy=SMTP))
        unfinished.replace(path)
