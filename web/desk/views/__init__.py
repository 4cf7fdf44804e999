"""The views of the desk; importing them puts them on the blueprint."""

from web.desk.views import case, claiming, deciding, papers, proposing, queue

__all__ = ["case", "claiming", "deciding", "papers", "proposing", "queue"]
