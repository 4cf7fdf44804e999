"""Messages between an applicant and the office: plain words beside the procedure, which they never move on."""
