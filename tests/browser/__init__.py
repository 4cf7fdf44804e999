"""The whole stack, driven in Chromium as people drive it."""
