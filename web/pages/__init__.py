"""What every page shares: language, the words and filters of templates, files of the look, error pages."""
