"""What residents see: the catalogue, the way through a procedure, their own applications."""

from web.residents.routes import blueprint

__all__ = ["blueprint"]
