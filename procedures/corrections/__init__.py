"""Corrections (補正): asked for by a clerk, worked on by the applicant, sent as a new round, or left to expire."""
