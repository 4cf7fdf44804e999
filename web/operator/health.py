"""GET /healthz and /readyz: for load balancers and watchers; they tell nothing but yes and no."""

import json

from flask import Response

from web.access import ANYONE, policy
from web.context import now, services
from web.operator.checks import READINESS, run_checks
from web.operator.frame import blueprint
from web.serving import draining


@blueprint.get("/healthz")
@policy(ANYONE)
def healthy() -> Response:
    """200 while this process answers; asks nothing of anybody else."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
@policy(ANYONE)
def ready() -> Response:
    """200 when requests can be served: database, schema, attachment store, room on disk; 503 otherwise.

    503 too from the moment that this process was told to stop, while it still answers: nobody new shall come. A silent
    worker is told too, but does not stop the web.
    """
    if draining.is_draining():
        return Response('{"ready": false, "checks": {"stopping": "failing"}}\n', 503, content_type="application/json")
    checks = run_checks(services(), now())
    fine = all(check.ok for check in checks if check.name in READINESS)
    body = {"ready": fine, "checks": {check.name: "ok" if check.ok else "failing" for check in checks}}
    return Response(json.dumps(body) + "\n", 200 if fine else 503, content_type="application/json")
