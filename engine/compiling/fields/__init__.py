"""Fields: concepts merged in, types found, shorthand expanded, options, patterns, what stands inside."""
