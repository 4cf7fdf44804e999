"""The sabotages by area: a file each with a tuple `PLANS`."""
