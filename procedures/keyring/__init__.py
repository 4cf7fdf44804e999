"""Keys: master keys of the installation, and one data key for each case and each person, which they wrap."""
