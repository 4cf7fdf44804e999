"""Reductions (減免) that are asked for with a submission: kept, decided by people, read."""
