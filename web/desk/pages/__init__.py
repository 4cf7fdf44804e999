"""What the desk's templates are given: plain values made from the services' answers."""
