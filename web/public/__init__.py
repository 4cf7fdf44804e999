"""Pages for whoever holds a paper or a link: verifying certificates, paying for somebody else."""

from web.public.routes import blueprint

__all__ = ["blueprint"]
