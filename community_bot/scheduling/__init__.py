"""Chores: a table of what the program does by itself, and the ticker that turns it."""
