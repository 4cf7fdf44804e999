"""Names of what the services call by a short code; a code without a name is shown as it is."""

from engine.words import catalogue, say
from web.operator.frame import blueprint


@blueprint.app_template_global()
def job_name(kind: str, language: str) -> str:
    """A kind of job in words."""
    key = f"operator.job_{kind.replace('.', '_')}"
    return say(key, language) if key in catalogue() else kind
