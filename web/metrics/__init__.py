"""What can be measured of a running installation, for Prometheus: no personal data, and no id in any label."""

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names where the processes of one server keep their counts, by which any of them answers for all."""
