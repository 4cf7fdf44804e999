"""Receipts (領収証): asked for by who paid, numbered, set as PDF, sealed, kept."""
