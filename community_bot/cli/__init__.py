"""The commands of the program, one module a noun."""
