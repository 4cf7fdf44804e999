"""Sums of the ledger by account (歳入科目), year, bureau and method, and the entries that any of them is made of."""
