"""What one process counts while it works."""

from prometheus_client import CollectorRegistry, Gauge, Histogram

OWN = CollectorRegistry()

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

requests = Histogram(
    "tetsuzuki_request_seconds",
    "Requests of the website by endpoint, method and status, and how long they took.",
    ("endpoint", "method", "status"),
    buckets=SECONDS,
    registry=OWN,
)
jobs = Histogram(
    "tetsuzuki_job_seconds",
    "Jobs tried by kind, how it went (done, later, failed), and how long they took.",
    ("kind", "outcome"),
    buckets=SECONDS,
    registry=OWN,
)
provider = Histogram(
    "tetsuzuki_provider_seconds",
    "Calls of the payment provider by what was asked and how it went (ok, refused, unavailable, failed).",
    ("call", "outcome"),
    buckets=SECONDS,
    registry=OWN,
)
connections = Gauge(
    "tetsuzuki_database_connections",
    "Connections of the database pools: busy or idle.",
    ("pool", "state"),
    multiprocess_mode="livesum",
    registry=OWN,
)
