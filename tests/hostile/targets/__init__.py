"""What the fuzzer attacks: a file each, with `TARGET`."""
