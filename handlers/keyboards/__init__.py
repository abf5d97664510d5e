"""Keyboards: facts in, keyboards out."""
