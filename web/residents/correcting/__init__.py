"""The applicant corrects what a clerk has marked: what and why, one question a page, before and after."""
