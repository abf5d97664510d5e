"""Insight: what the figures of the community say, told to those who look after it."""
