"""What a procedure is: pure functions on frozen values. No framework, database, network, clock or settings."""
