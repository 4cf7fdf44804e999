"""One thing done to many cases: choosing in the queue, confirming, progress, results."""

from web.desk.batches import views

__all__ = ["views"]
