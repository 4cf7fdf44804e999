"""The filtered queue as a file for spreadsheets."""

from web.desk.exporting import views

__all__ = ["views"]
