"""What of a submission staff find a case by, and when two ways of writing are the same for that."""
