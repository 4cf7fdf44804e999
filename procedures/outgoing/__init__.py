"""What other systems are told of cases: events, subscriptions, and signed webhooks."""
