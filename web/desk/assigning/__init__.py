"""Who has which case: handing it on, transferring it, who is away, how an office gives cases out."""

from web.desk.assigning import absences, handing, office

__all__ = ["absences", "handing", "office"]
