"""`python -m tests.crash.launcher FOLDER PORT ISSUER_PORT`: starts web, worker, migrator (with points) and issuer.

All is imported once; each process is a fork of that, and whoever is killed is forked again at once. The processes
share one listening socket, as those of the real server do.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.crash.control import Control
from tests.crash.naming import Points
from tests.crash.wrapping import wrap_everything

WEBS, WORKERS = 2, 1
IDLE = 0.03
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Launcher:
    """Knows who runs, and starts again whoever died."""

    def __init__(self, control: Control, points: Points, listener: socket.socket, issuer_port: int) -> None:
        self.control, self.points, self.listener, self.issuer_port = control, points, listener, issuer_port
        self.running: dict[int, str] = {}
        self.stopping = False

    def run(self) -> None:
        """Until SIGTERM; then all of its children end, too."""
        signal.signal(signal.SIGTERM, self._stop)
        self._warm()
        for role in ["issuer", "migrator"] + ["web"] * WEBS + ["worker"] * WORKERS:
            self._start(role)
        while not self.stopping:
            with suppress(ChildProcessError, InterruptedError):
                pid, status = os.wait()
                role = self.running.pop(pid, None)
                if role and not self.stopping:
                    self._note_end(role, status)
                    self._start(role)

    def _stop(self, _signal: int, _frame: object) -> None:
        self.stopping = True
        for pid in self.running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _note_end(self, role: str, status: int) -> None:
        """A process that ends otherwise than by SIGKILL was not killed by us."""
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            with (self.control.folder / "fallen").open("a") as file:
                file.write(f"{role} ended by itself: {os.waitstatus_to_exitcode(status)}\n")

    def _start(self, role: str) -> None:
        pid = os.fork()
        if pid:
            self.running[pid] = role
            (self.control.folder / f"{role}.pid").write_text(str(pid))
            return
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        code = 1
        try:
            roles = {"web": self._serve, "worker": self._work, "issuer": self._vouch, "migrator": self._migrate}
            roles[role]()
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _warm(self) -> None:
        """What is imported and compiled now need not be again after each death. No connection is left open."""
        import pyhanko.sign.signers
        import stripe
        import typst

        from procedures.days import tokyo_day
        from procedures.library import offered

        services = self._services()
        with services.database.read() as session:
            offered(session, tokyo_day(services.clock()))
        services.database.close()
        assert pyhanko
        assert stripe
        assert typst

    def _services(self) -> Any:
        from web.services import Overrides
        from web.settings import Settings
        from web.wiring import services_of

        return services_of(Settings.from_environment(), None, Overrides(clock=self.control.now))

    def _serve(self) -> None:
        import logging

        from werkzeug.serving import make_server

        from web import create_app
        from web.services import Overrides

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        app = create_app(overrides=Overrides(clock=self.control.now))
        make_server("127.0.0.1", 0, self._named(app), fd=self.listener.fileno()).serve_forever()

    def _vouch(self) -> None:
        from web.issuer.serving import serve
        from web.settings import Settings

        settings = Settings.from_environment()
        serve("127.0.0.1", self.issuer_port, settings.public_url, settings.data_dir)

    def _migrate(self) -> None:
        from tests.crash.upgrading.migrator import serve

        serve(self.control.folder, self.points)

    def _named(self, app: Any) -> Callable[..., Iterable[bytes]]:
        """The application, with a name for what each request does and points around the answers that may change."""
        from flask import request

        def name() -> None:
            if self.points.place.doing is not None:
                self.points.place.doing.name = request.endpoint or "nowhere"

        app.before_request_funcs.setdefault(None, []).insert(0, name)

        def answer(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
            with self.points.doing(""):
                body = b"".join(app(environ, start_response))
                if environ["REQUEST_METHOD"] in SAFE:
                    yield body
                    return
                with self.points.step("answer"):
                    yield body

        return answer

    def _work(self) -> None:
        import web.worker
        from web.logs import configure_logs
        from web.wiring import work_of

        configure_logs()
        web.worker.IDLE = IDLE
        one = web.worker.run_one

        def named(*arguments: Any) -> str | None:
            with self.points.doing(""):
                return one(*arguments)

        web.worker.run_one = named
        services = self._services()
        work = work_of(services)
        work = replace(work, periodic=[self._named_task(task) for task in work.periodic])
        web.worker.Worker(services.database, services.clock, work).run()

    def _named_task(self, task: Any) -> Any:
        def run(*arguments: Any) -> None:
            with self.points.doing(f"task {task.name}", counted=False):
                task.run(*arguments)

        return replace(task, run=run)


def _move_clocks(control: Control) -> None:
    """Every library's clock goes with ours; what the file system wrote by its own is judged by its own."""
    real = time.time
    time.time = lambda: real() + control.ahead.total_seconds()
    from procedures.blobs.disk import DiskBlobs

    older_than = DiskBlobs.older_than
    DiskBlobs.older_than = lambda self, moment: older_than(self, moment - control.ahead)


def main() -> None:
    """The command."""
    folder, port, issuer_port = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    control = Control.open(folder)
    _move_clocks(control)
    points = Points(control.passing)
    wrap_everything(points)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(64)
    Launcher(control, points, listener, issuer_port).run()


if __name__ == "__main__":
    main()
