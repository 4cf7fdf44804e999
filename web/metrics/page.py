"""GET /metrics: what can be measured, for Prometheus; with the token of the settings, or for operators."""

import os
from hmac import compare_digest
from pathlib import Path

from flask import Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from werkzeug.exceptions import NotFound

from web.access import WATCHER, policy
from web.context import services, settings, visit
from web.metrics import FOLDER
from web.metrics.counted import OWN
from web.metrics.standing import Standing
from web.operator.frame import READER, blueprint

KEPT = "tetsuzuki.metrics"


@blueprint.get("/metrics")
@policy(WATCHER)
def measured() -> Response:
    """The counts of all processes of this server, and what stands in the database. Strangers find no such page."""
    if not _may():
        raise NotFound
    return Response(_counted() + generate_latest(_standing()), content_type=CONTENT_TYPE_LATEST)


def _may() -> bool:
    """Who shows the token; who shows none may be an operator looking."""
    shown = request.headers.get("Authorization", "")
    if shown:
        token = settings().metrics_token
        return bool(token) and compare_digest(shown.encode(), f"Bearer {token}".encode())
    return visit().signed_in is not None and READER.admits(visit().actor)


def _counted() -> bytes:
    folder = os.environ.get(FOLDER)
    if folder is None:
        return generate_latest(OWN)
    from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

    for process in _gone(folder):
        mark_process_dead(process, folder)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=folder)
    return generate_latest(registry)


def _gone(folder: str) -> set[int]:
    """Processes that have left gauges behind: what was true of them is true no more."""
    files = [file.stem for file in Path(folder).glob("gauge_live*_*.db")]
    processes = {int(name.rpartition("_")[2]) for name in files}
    return {process for process in processes if not _is_there(process)}


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _standing() -> CollectorRegistry:
    """What is asked of the database; kept with the application, so that costly figures are not asked for each time."""
    kept = current_app.extensions.get(KEPT)
    if kept is None or kept[0] is not services():
        registry = CollectorRegistry()
        registry.register(Standing(services()))
        kept = current_app.extensions[KEPT] = (services(), registry)
    found: CollectorRegistry = kept[1]
    return found
