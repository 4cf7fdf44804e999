"""These tests are about the application itself, and change it: each has its own."""

import pytest
from flask import Flask


@pytest.fixture
def app(new_app: Flask) -> Flask:
    """An application of this test alone."""
    return new_app
