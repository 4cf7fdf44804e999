"""Those who apply, as the tests of residents' pages know them."""

from tests.web.residents.conftest import applicant, hana, provider, published, rows

__all__ = ["applicant", "hana", "provider", "published", "rows"]
