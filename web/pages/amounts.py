"""Amounts of money as people write them."""

from unicodedata import normalize

from engine.digits import LARGEST_SHORT, whole


def read_yen(text: str) -> int | None:
    """Whole yen from 1000, 1,000, １，０００円 or ¥1000; None for anything else, or more than any sum of ours."""
    plain = normalize("NFKC", text).strip().lstrip("¥\\").removesuffix("円")
    return whole(plain.replace(",", "").replace(" ", ""), LARGEST_SHORT)
