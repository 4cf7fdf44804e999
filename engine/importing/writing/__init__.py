"""From questions to a spec: steps, limits of size, readable YAML."""
