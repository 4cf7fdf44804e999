"""Asked once: what is kept of a person with their consent, and what a draft offers from what they said before."""
