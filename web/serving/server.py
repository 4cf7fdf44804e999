"""The server of the website: granian, which says that it is about to stop before it does."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from granian import Granian

from web import metrics
from web.serving.draining import VARIABLE


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that the processes of this server share while it runs: whether it is stopping, and what they count."""
    with TemporaryDirectory(prefix="tetsuzuki-serve-") as name:
        folder = Path(name)
        (folder / "metrics").mkdir()
        os.environ[VARIABLE] = str(folder / "stopping")
        os.environ[metrics.FOLDER] = str(folder / "metrics")
        yield folder


class Server(Granian):
    """Told to stop, it is first not ready and still answers, so that whoever shares out requests sends no more."""

    def __init__(self, target: str, *, drain_seconds: float, **how: Any) -> None:
        self._drain_seconds, self._told = drain_seconds, False
        super().__init__(target, **how)

    def signal_handler_interrupt(self, *_: object, **__: object) -> None:
        """SIGTERM or Ctrl-C; told a second time, it stops at once."""
        Path(os.environ[VARIABLE]).touch()
        if self._told or not self._drain_seconds:
            super().signal_handler_interrupt()
            return
        self._told = True
        waiting = Timer(self._drain_seconds, super().signal_handler_interrupt)
        waiting.daemon = True
        waiting.start()
