"""The auditor's own pages; what others have, an auditor reads where they have it."""

import web.audit.pages  # noqa: F401 - its routes
from web.audit.frame import blueprint

__all__ = ["blueprint"]
