"""The shapes of Stripe's resources, each built whole, as the pinned API version gives them."""
