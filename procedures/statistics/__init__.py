"""How an office does: counted day by day, read by month, without looking at a case twice."""
