"""Other systems that may use the API: who they are, what they may touch, how they prove themselves."""
