"""What the upgrade with two releases is made of: earlier releases, the balancer, customers who come again."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Thread

import pytest
import requests
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.crash.person import Broken
from tests.operating.versions import __main__ as command
from tests.operating.versions import people, releases
from tests.operating.versions.balancer import Balancer
from tests.operating.versions.people import Customer, Refused


class TestReleases:
    @pytest.fixture
    def history(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A checkout with three commits: 0001, then 0002 twice while they are numbered, then 0002 and 0003."""
        monkeypatch.setattr(releases, "ROOT", tmp_path)
        versions = tmp_path / "migrations/versions"
        versions.mkdir(parents=True)
        self.git(tmp_path, "init", "-q")
        for names in (["0001_a"], ["0002_b", "0002_c"], ["0003_c"]):
            for name in names:
                (versions / f"{name}.py").write_text(name)
            if names == ["0003_c"]:
                (versions / "0002_c.py").unlink()
            self.git(tmp_path, "add", ".")
            self.git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@example.jp", "commit", "-qm", names[0])
        return tmp_path

    @staticmethod
    def git(folder: Path, *words: str) -> str:
        command = ["git", "-C", str(folder), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def test_the_last_commit_of_a_revision(self, history: Path) -> None:
        found = releases.last_with("0001")
        assert found == self.git(history, "rev-parse", "HEAD~2")
        assert releases.head_of("HEAD") == "0003"
        assert releases.head_of("HEAD~1") is None, "two migrations have one number: nobody ever ran that"

    def test_its_code(self, history: Path, tmp_path: Path) -> None:
        code = releases.unpack("HEAD~2", tmp_path / "elsewhere" / "code")
        assert [path.name for path in (code / "migrations/versions").iterdir()] == ["0001_a.py"]

    def test_what_is_missing_is_said(self, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(releases.NoHistory, match="fetch --unshallow"):
            releases.last_with("0002")
        assert command.main(["--from", "nosuch"]) == 2
        assert "no such commit here" in capsys.readouterr().err

    def test_without_git(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(releases, "ROOT", tmp_path)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert command.main(["--from", "HEAD"]) == 2
        assert "there is none here" in capsys.readouterr().err


@contextmanager
def server(name: str, ready: dict[str, bool]) -> Iterator[str]:
    """Says its name, and whether it is ready."""

    @Request.application
    def answer(request: Request) -> Response:
        return Response(name, status=200 if request.path != "/readyz" or ready[name] else 503)

    listening = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = Thread(target=listening.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listening.port}"
    listening.shutdown()
    thread.join()
    listening.server_close()


def test_the_balancer_asks_those_that_are_ready_and_knows_who_was_asked() -> None:
    ready = {"old": True, "new": True}
    with server("old", ready) as old, server("new", ready) as new, Balancer(Random(1)).running() as balancer:
        balancer.doors = {"old": old, "new": new}
        balancer.look()

        def ask() -> str:
            address, once = f"{balancer.address}/applications/abc/steps/1", {"Connection": "close"}
            return requests.get(address, headers=once, timeout=60).text

        assert {ask() for _ in range(30)} == {"old", "new"}
        assert balancer.by_both() == 1
        ready["old"] = False
        balancer.look()
        assert {ask() for _ in range(10)} == {"new"}
        assert balancer.served.total() == 40


def test_who_is_told_to_wait_comes_again_and_who_meets_an_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[int] = [503, 503, 200]
    monkeypatch.setattr(people.time, "sleep", lambda _seconds: None)

    class Line(requests.Session):
        def request(self, *_: object, **__: object) -> requests.Response:
            answer = requests.Response()
            answer.status_code, answer._content = said.pop(0), b"so"
            return answer

    customer = Customer("http://site", "hanako", Line())
    assert customer.ask("POST", "/x").status == 200
    assert customer.told_to_wait == 2
    said += [500]
    with pytest.raises(Broken, match="POST /x: 500"):
        customer.ask("POST", "/x")
    said += [503] * people.WAITS
    with pytest.raises(Refused, match="for ever"):
        customer.ask("POST", "/x")
