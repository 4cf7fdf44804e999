"""Rules over the answers and over the calendar: what ends the way, what is pointed out, when applications are taken."""
