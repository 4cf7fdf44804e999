"""What a submission is checked for beyond its answers: the applicant, the files."""
