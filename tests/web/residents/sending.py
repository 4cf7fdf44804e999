"""Sends a file piece by piece, as the script of uploads does, step by step."""

from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from procedures.database import Database
from tests.uploaded import noise
from tests.web.residents.applicant import Applicant

PHOTO = noise(600, 400)


class Sender:
    """The script of one page."""

    def __init__(self, person: Applicant) -> None:
        self.person = person
        self.base = f"/applications/{person.at.split('/')[2]}/uploads"
        self.token = person.typed("csrf_token")[0]

    def begin(self, content: bytes = PHOTO, **facts: object) -> TestResponse:
        told = {"field": "proof", "name": "証.jpg", "size": len(content), "sha256": sha256(content).hexdigest()}
        return self.post("", {**told, **facts})

    def post(self, path: str, data: Any = None, **headers: str) -> TestResponse:
        return self.person.client.post(self.base + path, data=data, headers={"X-CSRF-Token": self.token, **headers})

    def piece(self, upload_id: str, start: object, content: bytes) -> TestResponse:
        headers = {"Upload-Offset": str(start), "Content-Type": "application/octet-stream"}
        return self.post(f"/{upload_id}", content, **headers)

    def offset(self, upload_id: str) -> int:
        return self.person.client.get(f"{self.base}/{upload_id}").json["offset"]

    def whole(self, content: bytes = PHOTO, **facts: object) -> TestResponse:
        upload_id = self.begin(content, **facts).json["id"]
        for start in range(0, len(content), 20_000):
            assert self.piece(upload_id, start, content[start : start + 20_000]).status_code == 200
        return self.finish(upload_id)

    def finish(self, upload_id: str) -> TestResponse:
        return self.post(f"/{upload_id}/finish", {"input": "proof"})


def count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))
