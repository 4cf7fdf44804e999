"""The desk with a million cases: made in bulk, then asked through the application itself."""
