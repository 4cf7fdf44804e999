"""What is known of people beyond a case: what issuers vouched for."""
