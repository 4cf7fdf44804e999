"""What happens to a case: drafts, submissions, decisions, files, certificates, notices, audit, jobs."""
