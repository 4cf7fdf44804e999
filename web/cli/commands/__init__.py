"""The commands, one file each: `arguments(parser)` declares, `run(options)` does and returns the exit code."""
