"""What stands beside a case and never reaches its applicant: notes of the office, opinions of other offices."""
