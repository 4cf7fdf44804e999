"""Views of the queue that people keep."""
