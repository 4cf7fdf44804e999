"""Asked once: what is known already, on the pages of questions and after sending."""
