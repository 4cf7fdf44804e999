"""What migration 0019 does to the ledger."""
