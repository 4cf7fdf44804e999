"""Acting for somebody else: for whom a draft is, and by which mandate."""
