"""An installation as real processes: website and worker by their commands, on a folder and a database of their own."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import requests

from tests.browser.stack import free_ports

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "tests/specs/features/papers-of-one-kind.yaml"
PROCEDURE = "papers-of-one-kind"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PATIENCE = 120.0
Process = subprocess.Popen[bytes]


@dataclass
class Installation:
    """One installation; `code` is the release that runs it."""

    folder: Path
    database_url: str
    code: Path = ROOT
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_ports(1)[0])
    started: list[Process] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The website."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """For its processes."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("TETSUZUKI_")}
        return own | {
            "PYTHONPATH": str(self.code),
            "TETSUZUKI_DATA_DIR": str(self.folder / "data"),
            "TETSUZUKI_DATABASE_URL": self.database_url,
            "TETSUZUKI_PUBLIC_URL": self.address,
            "TETSUZUKI_LANGUAGE": "en",
            "TETSUZUKI_STRIPE_API_BASE": "http://127.0.0.1:9",
            **self.more,
        }

    def run(self, *words: str, fine: bool = True) -> subprocess.CompletedProcess[str]:
        """One command to its end."""
        return self.python("-m", "web.cli", *words, fine=fine)

    def python(self, *words: str, fine: bool = True) -> subprocess.CompletedProcess[str]:
        """Something that this release's own code does."""
        command = [sys.executable, *words]
        done = subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert not fine or done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def set_up(self) -> None:
        """Migrated, one procedure published, with a seal."""
        from datetime import UTC, datetime

        from procedures.seal import create_seal_key

        (self.folder / "data").mkdir(parents=True)
        self.run("migrate")
        spec = self.folder / SPEC.name
        spec.write_text(SPEC.read_text(encoding="utf-8") + "sign_in: {required: false}\n", encoding="utf-8")
        self.run("publish", str(spec))
        create_seal_key(self.folder / "data/keys/seal", "東京都", datetime.now(UTC))

    def same_ring(self, other: "Installation") -> None:
        """Put the other's ring of master keys in its place, as whoever restores does."""
        keys = self.folder / "data/keys"
        keys.mkdir(parents=True, exist_ok=True)
        copyfile(other.folder / "data/keys/ring.json", keys / "ring.json")

    def start(self, *words: str) -> Process:
        """A command that goes on, in a session of its own."""
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            command = [sys.executable, "-m", "web.cli", *words]
            process = subprocess.Popen(
                command, env=self.environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    def serve(self, workers: int = 1) -> Process:
        """The website, once it answers."""
        process = self.start("serve", "--port", str(self.port), "--workers", str(workers))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and process.poll() is None:
            try:
                if requests.get(f"{self.address}/healthz", timeout=5).ok:
                    return process
            except requests.RequestException:
                time.sleep(0.1)
        raise RuntimeError(self.said("serve"))

    def said(self, command: str) -> str:
        """The log of a command that goes on."""
        return (self.folder / f"{command}.log").read_text(encoding="utf-8", errors="replace")

    def wait_for(self, command: str, text: str) -> None:
        """Until the log holds it."""
        until = time.monotonic() + PATIENCE
        while text not in self.said(command):
            assert time.monotonic() < until, self.said(command)[-3000:]
            time.sleep(0.05)

    def end(self) -> None:
        """Whatever still runs is killed."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)  # its own session: only what it started
                process.wait(20)


@dataclass(frozen=True)
class Acknowledged:
    """A file that the website said it has: whose, where, and its hash."""

    cookies: dict[str, str]
    path: str
    sha256: str


class Visitor:
    """Somebody who begins an application and sends a file piece by piece, as a page does."""

    def __init__(self, address: str) -> None:
        self.address, self.session = address, requests.Session()

    def begin(self) -> str:
        """Start; the path of the draft."""
        page = self.session.get(f"{self.address}/procedures/{PROCEDURE}", timeout=60)
        page.raise_for_status()
        form = {"csrf_token": TOKEN.search(page.text)[1]}
        answer = self.session.post(f"{self.address}/procedures/{PROCEDURE}/start", form, timeout=60)
        answer.raise_for_status()
        self.session.headers["X-CSRF-Token"] = TOKEN.search(answer.text)[1]
        return f"/applications/{answer.url.split('/')[4]}"

    def send(self, draft: str, content: bytes) -> Acknowledged:
        """Send a PDF in two pieces; returns once it is acknowledged."""
        uploads = f"{self.address}{draft}/uploads"
        digest = sha256(content).hexdigest()
        told = {"field": "plan", "name": "plan.pdf", "size": str(len(content)), "sha256": digest}
        upload = self._post(uploads, data=told)
        half = len(content) // 2
        for at, piece in ((0, content[:half]), (half, content[half:])):
            self._post(f"{uploads}/{upload['id']}", data=piece, headers={"Upload-Offset": str(at)})
        kept = self._post(f"{uploads}/{upload['id']}/finish", data={"input": "plan"})["id"]
        return Acknowledged(self.session.cookies.get_dict(), f"{draft}/attachments/{kept}", digest)

    def _post(self, url: str, **what: object) -> dict[str, object]:
        answer = self.session.post(url, timeout=60, **what)
        answer.raise_for_status()
        return answer.json()


def fetch(address: str, known: Acknowledged) -> str:
    """The hash of a file that was acknowledged, as this website gives it back to whoever sent it."""
    answer = requests.get(f"{address}{known.path}", cookies=known.cookies, timeout=60)
    return sha256(answer.content).hexdigest() if answer.ok else f"status {answer.status_code}"
