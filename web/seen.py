"""What somebody saw on the page from which a form was sent."""

from flask import request

from engine.digits import LARGEST_SHORT, whole


def seen_yen() -> int | None:
    """The sum on the page from which "pay" was pressed."""
    return whole(request.form.get("yen", ""), LARGEST_SHORT)
