"""Yen as finance types them."""

from unicodedata import normalize

from engine.digits import whole

MOST = 10**12


def read_yen(text: str) -> int | None:
    """Whole yen from 1000, 1,000, １，０００円 or ¥1000; None for anything else."""
    plain = normalize("NFKC", text).strip().removesuffix("円").removeprefix("¥").removeprefix("\\")
    plain = plain.replace(",", "").replace(" ", "")
    return whole(plain, MOST)
