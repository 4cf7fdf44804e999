"""The desk: the queue of an office, one case, proposals and decisions."""

from web.desk import asides, assigning, batches, exporting, views
from web.desk.frame import blueprint

__all__ = ["asides", "assigning", "batches", "blueprint", "exporting", "views"]
