"""The website is killed while a file is being sent: what it had acknowledged is there when it comes back."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import requests

from tests.browser.stack import free_ports
from tests.uploaded import padded

SPEC = Path(__file__).parents[2] / "specs/features/papers-of-one-kind.yaml"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PIECE = 400_000


class Website:
    """`tetsuzuki serve` on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        (port,) = free_ports(1)
        self.address, self.log = f"http://127.0.0.1:{port}", folder / "log"
        self.environment = {
            **os.environ,
            "TETSUZUKI_DATA_DIR": str(folder / "data"),
            "TETSUZUKI_PUBLIC_URL": self.address,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self.serve = ["serve", "--port", str(port), "--workers", "1"]
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str) -> None:
        subprocess.run([sys.executable, "-m", "web.cli", *command], env=self.environment, check=True)

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "web.cli", *self.serve]
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(300):
            try:
                if requests.get(f"{self.address}/healthz", timeout=2).ok:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        raise RuntimeError(self.log.read_text(errors="replace")[-3000:])

    def kill(self) -> None:
        """All its processes at once, as when the machine loses its power."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)  # its own session: only what it started
            self.process.wait(20)
            self.process = None


@pytest.fixture
def website(tmp_path: Path) -> Iterator[Website]:
    """Serving the feature with a paper."""
    (tmp_path / "data").mkdir()
    running = Website(tmp_path)
    running.run("migrate")
    spec = tmp_path / SPEC.name
    spec.write_text(SPEC.read_text(encoding="utf-8") + "sign_in: {required: false}\n", encoding="utf-8")
    running.run("publish", str(spec))
    running.start()
    yield running
    running.kill()


def test_what_was_acknowledged_outlives_a_kill_at_any_point(website: Website) -> None:
    content, visitor = padded(1), requests.Session()
    page = visitor.get(f"{website.address}/procedures/papers-of-one-kind")
    answer = visitor.post(
        f"{website.address}/procedures/papers-of-one-kind/start", {"csrf_token": TOKEN.search(page.text)[1]}
    )
    visitor.headers["X-CSRF-Token"] = TOKEN.search(answer.text)[1]
    uploads = f"{website.address}/applications/{answer.url.split('/')[4]}/uploads"
    told = {"field": "plan", "name": "a.pdf", "size": str(len(content)), "sha256": sha256(content).hexdigest()}
    upload = visitor.post(uploads, told).json()
    offset = upload["offset"]
    while offset < len(content):
        piece = content[offset : offset + PIECE]
        here = {"Upload-Offset": str(offset)}
        offset = visitor.post(f"{uploads}/{upload['id']}", piece, headers=here).json()["offset"]
        website.kill()
        website.start()
        assert visitor.get(f"{uploads}/{upload['id']}").json()["offset"] == offset
    kept = visitor.post(f"{uploads}/{upload['id']}/finish", {"input": "plan"}).json()["id"]
    website.kill()
    website.start()
    assert visitor.post(f"{uploads}/{upload['id']}/finish", {"input": "plan"}).json()["id"] == kept
    whole = visitor.get(f"{uploads.removesuffix('uploads')}attachments/{kept}")
    assert whole.content == content
