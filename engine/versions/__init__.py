"""From one version of a procedure to the next: what changed, and what becomes of answers given to the one before."""
