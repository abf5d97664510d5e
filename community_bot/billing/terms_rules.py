"""The terms under which people order: which version of their words is valid now."""

CURRENT = "2026-12"  # a test holds the words against it: whoever changes them, changes it too
